-- Messages to the owners of lines, one row for each message and address. `id` is the order of sending.
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  message_id text not null,
  endpoint text not null,
  line_id text not null,
  call_id text not null,
  event_type text not null,
  -- The very text that is signed and sent; emptied once it has been delivered.
  payload text,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  give_up_at timestamptz not null,
  -- The attempt that is under way: whose, and when it is lost.
  locked_by text,
  locked_until timestamptz,
  delivered_at timestamptz,
  last_status integer,
  last_fault text,
  unique (endpoint, message_id),
  check (state = 'delivered' or payload is not null)
);
create index webhook_deliveries_in_order on webhook_deliveries (endpoint, call_id, id) where state = 'pending';
create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where state = 'pending';
create index webhook_deliveries_by_state on webhook_deliveries (state, id);
create index webhook_deliveries_by_call on webhook_deliveries (call_id);

-- What is known of an address beyond the line file. It is off for one URL only: a new one is tried.
create table webhook_endpoints (
  endpoint text primary key,
  off_since timestamptz,
  off_url_hash text,
  paused_until timestamptz
);
