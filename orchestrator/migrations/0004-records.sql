-- What lasts of a call (src/records). Times are epoch milliseconds with fractions, as the events carry them.

-- Every event worth keeping, with its words as the line's policy wants them. `ms` and `n` are the two halves of the
-- event's id: its order. The other tables are made from this one, so a late event only means making them again.
create table call_events (
  call_id text not null,
  event_id text not null,
  ms bigint not null,
  n integer not null,
  type text not null,
  at double precision not null,
  event jsonb not null,
  primary key (call_id, event_id)
);
create index call_events_in_order on call_events (call_id, ms, n);

create table calls (
  id text primary key,
  line text not null,
  state text not null,
  direction text,
  room text not null,
  room_sid text not null,
  sip_call_id text,
  caller_hash text,
  created_at double precision not null,
  active_at double precision,
  ended_at double precision,
  end_reason text,
  last_event_at double precision not null,
  -- The call as GET /v1/calls/{id} returns it, without its turns.
  record jsonb not null,
  transcript_removed_at double precision
);
create index calls_newest_first on calls (created_at desc, id desc);
create index calls_by_line on calls (line, created_at);
create index calls_by_caller on calls (caller_hash) where caller_hash is not null;
create index calls_by_room on calls (room_sid);
create index calls_by_end on calls (line, last_event_at);

create table turns (
  call_id text not null references calls (id) on delete cascade,
  turn_id text not null,
  position integer not null,
  state text not null,
  language text not null,
  received_at double precision not null,
  record jsonb not null,
  primary key (call_id, turn_id)
);

create table transcripts (
  call_id text not null references calls (id) on delete cascade,
  position integer not null,
  speaker text not null check (speaker in ('caller', 'agent', 'other')),
  turn_id text,
  language text,
  text text not null,
  at double precision not null,
  primary key (call_id, position)
);

-- Nothing in it names a caller: it stays when one is erased.
create table usage (
  call_id text not null,
  event_id text not null,
  kind text not null check (kind in ('llm', 'asr', 'tts', 'telephony')),
  engine text not null,
  unit text not null,
  amount double precision not null check (amount >= 0),
  cost_eur numeric(16, 8) not null check (cost_eur >= 0),
  at double precision not null,
  primary key (call_id, event_id, kind, unit)
);
create index usage_by_time on usage (at);

create table consents (
  call_id text not null,
  event_id text not null,
  kind text not null,
  decision text not null check (decision in ('given', 'refused', 'withdrawn')),
  text_version text not null,
  language text,
  at double precision not null,
  primary key (call_id, event_id)
);

create table recordings (
  id text primary key,
  call_id text,
  room_sid text,
  source text not null check (source in ('egress', 'agent', 'other')),
  reference text not null,
  status text not null,
  started_at double precision,
  ended_at double precision,
  duration_ms double precision,
  bytes bigint,
  at double precision not null,
  -- Its file is to be deleted where it lies; the row goes when that was confirmed.
  delete_asked_at double precision
);
create index recordings_by_call on recordings (call_id);
create index recordings_by_room on recordings (room_sid);

-- Calls that were erased or have outlived their retention: what still comes of them is dropped. Ids are random.
create table gone_calls (
  call_id text primary key,
  at double precision not null
);
create index gone_calls_by_time on gone_calls (at);
