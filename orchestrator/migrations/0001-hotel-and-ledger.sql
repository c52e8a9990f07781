-- Statements end with a semicolon at the end of a line: the migrator splits there.
create table hotels (
  id text primary key,
  name text not null,
  currency text not null,
  info jsonb not null,
  updated_at timestamptz not null default now()
);

create table room_types (
  hotel_id text not null references hotels (id),
  id text not null,
  name text not null,
  rooms integer not null check (rooms >= 0),
  sleeps integer not null check (sleeps > 0),
  price_cents integer not null check (price_cents >= 0),
  position integer not null,
  is_offered boolean not null default true,
  primary key (hotel_id, id)
);

-- first_night and last_night are both included.
create table rates (
  hotel_id text not null,
  room_type_id text not null,
  first_night date not null,
  last_night date not null check (last_night >= first_night),
  price_cents integer not null check (price_cents >= 0),
  primary key (hotel_id, room_type_id, first_night),
  foreign key (hotel_id, room_type_id) references room_types (hotel_id, id)
);

-- The ledger: what a call has changed in the world, once per key.
create table effects (
  key text primary key,
  call_id text not null,
  turn_id text not null,
  tool text not null,
  arguments jsonb not null,
  epoch integer not null check (epoch > 0),
  state text not null check (state in ('pending', 'committed', 'failed')),
  result jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (state <> 'committed' or result is not null)
);
create index effects_by_call on effects (call_id, created_at);

-- The newest job of each call; an older one may write no effect.
create table call_epochs (
  call_id text primary key,
  epoch integer not null check (epoch > 0),
  updated_at timestamptz not null default now()
);

create table reservations (
  hotel_id text not null references hotels (id),
  number text not null,
  room_type_id text not null,
  guest_name text not null,
  guests integer check (guests > 0),
  check_in date not null,
  check_out date not null check (check_out > check_in),
  total_cents integer not null check (total_cents >= 0),
  currency text not null,
  effect_key text unique references effects (key),
  created_at timestamptz not null default now(),
  primary key (hotel_id, number),
  foreign key (hotel_id, room_type_id) references room_types (hotel_id, id)
);
create index reservations_by_stay on reservations (hotel_id, room_type_id, check_in, check_out);
