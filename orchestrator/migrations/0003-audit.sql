-- What operators and the service itself have done. Each row holds the hash of the one before (src/records/audit.ts).
create table audit (
  seq bigint primary key check (seq > 0),
  at bigint not null,
  actor text not null,
  action text not null,
  target text not null,
  detail jsonb not null,
  prev_hash text not null,
  hash text not null
);
create index audit_by_target on audit (target, seq);

-- The newest row as it was written: without it a chain that was cut short would look whole.
create table audit_head (
  id integer primary key check (id = 1),
  seq bigint not null,
  hash text not null
);

-- Append-only for everyone who does not own the table; the hashes are for those who do.
create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit for each statement execute function audit_is_append_only();
