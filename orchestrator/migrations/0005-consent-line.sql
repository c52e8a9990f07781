-- Consent outlives the call's other records: its line, and with it its retention, has to be its own.
alter table consents add column line text not null default '';
create index consents_by_time on consents (line, at);
