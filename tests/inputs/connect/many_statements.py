"""Statements that somebody may try on a real server: one a line, for PostgreSQL and for MySQL and MariaDB.

The tables are those of the tests: `claims (id, body, updated_at)`. Nothing here needs more rights than an owner has.
"""

POSTGRES = r"""
select 1; drop table claims
select 1;
insert into claims (id) values (-1)
insert into claims select id + 900000, body, updated_at from claims
insert into claims (id) values (-1) on conflict do nothing
insert into claims (id) values (-1) returning id
update claims set body = 'gone'
update claims set body = 'gone' where id = 1 returning id
delete from claims
delete from claims using claims as c where c.id = claims.id
merge into claims using (select 1 as id) s on claims.id = s.id when matched then delete
truncate claims
truncate table only claims restart identity cascade
drop table claims
drop table if exists claims cascade
drop schema public cascade
drop owned by current_user
drop index claims_updated_at_idx
alter table claims add column extra int
alter table claims rename to gone
alter table claims disable trigger all
alter table claims set unlogged
alter role current_user set search_path = evil
alter database current set default_transaction_read_only = off
alter system set work_mem = '1GB'
alter default privileges grant all on tables to public
create table evil (id int)
create temporary table evil (id int)
create unlogged table evil as select * from claims
create table evil as table claims
create view evil as select * from claims
create materialized view evil as select * from claims
create index evil on claims (body)
create sequence evil
create schema evil
create type evil as (a int)
create domain evil as int
create role evil
create database evil
create extension dblink
create function evil() returns int language sql as 'select 1'
create or replace function lower(text) returns text language sql as 'select $1'
create procedure evil() language sql as 'delete from claims'
create trigger evil after insert on claims execute function evil()
create rule evil as on select to claims do instead nothing
create event trigger evil on ddl_command_start execute function evil()
create policy evil on claims using (true)
create publication evil for all tables
create statistics evil on id, body from claims
create foreign table evil (id int) server elsewhere
create operator ~~~~ (leftarg = int, rightarg = int, function = int4eq)
create aggregate evil (int) (sfunc = int4pl, stype = int)
create cast (text as int) with inout as implicit
import foreign schema public from server elsewhere into public
grant all on claims to public
revoke all on claims from public
reassign owned by current_user to postgres
comment on table claims is 'evil'
security label on table claims is 'evil'
lock table claims in access exclusive mode
vacuum claims
vacuum full claims
analyze claims
cluster claims using claims_pkey
reindex table claims
refresh materialized view claims
checkpoint
discard all
deallocate all
load 'evil'
listen evil
notify evil
unlisten *
prepare evil as delete from claims
execute evil
declare evil cursor for select * from claims
fetch all from evil
move all from evil
close all
begin
begin read write
start transaction read write
set transaction read write
set session characteristics as transaction read write
commit
commit; delete from claims
rollback
savepoint evil
release savepoint evil
prepare transaction 'evil'
commit prepared 'evil'
set default_transaction_read_only = off
set local default_transaction_read_only = off
set role postgres
set session authorization postgres
set search_path = evil
set statement_timeout = 0
set constraints all deferred
reset all
reset statement_timeout
show all
copy claims to '/tmp/poc-gate-evil'
copy claims from '/etc/passwd'
copy claims to program 'touch /tmp/poc-gate-evil'
copy claims from program 'cat /etc/passwd'
copy (select * from claims) to stdout
copy claims from stdin
do 'begin delete from claims; end'
do language plpgsql $x$ begin delete from claims; end $x$
call evil()
explain analyze delete from claims
explain (analyze, buffers) insert into claims (id) values (-1)
explain select 1
values (1), (2)
table claims
select * into evil from claims
select * into temporary evil from claims
select * from claims for update
select * from claims for no key update
select * from claims for share skip locked
select * from claims for key share nowait
select * from (select * from claims for update) s
with gone as (delete from claims returning *) select * from gone
with made as (insert into claims (id) values (-1) returning *) select * from made
with made as (update claims set body = '' returning *) select count(*) from made
with recursive r as (select 1 union all select 1 from r) delete from claims
with a as (with b as (delete from claims returning id) select * from b) select * from a
select exists (with b as (delete from claims returning id) select * from b)
select pg_sleep(60)
select pg_catalog.pg_sleep(60)
select pg_sleep_for('1 minute')
select "pg_sleep"(60)
select PG_SLEEP (60)
select U&"pg\005fsleep"(60)
select * from pg_sleep(60)
select * from claims where pg_sleep(60) is null
select * from claims order by pg_sleep(60)
select count(*) filter (where pg_sleep(60) is null) from claims
select * from claims limit (select 1 from pg_sleep(60))
select case when true then pg_sleep(60) end
select array(select pg_sleep(60))
select * from claims, lateral pg_sleep(60)
select pg_cancel_backend(pid) from pg_stat_activity
select pg_terminate_backend(1)
select pg_reload_conf()
select pg_rotate_logfile()
select pg_switch_wal()
select pg_create_restore_point('evil')
select pg_promote()
select pg_stat_reset()
select pg_advisory_lock(4711)
select pg_try_advisory_lock(4711)
select pg_advisory_xact_lock(4711)
select pg_notify('evil', 'x')
select pg_logical_emit_message(false, 'evil', 'x')
select pg_export_snapshot()
select txid_current()
select nextval('evil')
select setval('evil', 1)
select set_config('default_transaction_read_only', 'off', false)
select set_config('statement_timeout', '0', false)
select set_config('role', 'postgres', false)
select pg_read_file('/etc/passwd')
select pg_read_binary_file('/etc/passwd')
select pg_ls_dir('/')
select * from pg_ls_dir('/')
select pg_stat_file('/etc/passwd')
select lo_import('/etc/passwd')
select lo_export(1, '/tmp/poc-gate-evil')
select lo_create(0)
select lo_unlink(1)
select lo_from_bytea(0, 'x')
select lo_put(1, 0, 'x')
select dblink_exec('dbname=postgres', 'delete from claims')
select * from dblink('dbname=postgres', 'select 1') as t(a int)
select query_to_xml('delete from claims returning 1', true, true, '')
select table_to_xml('claims', true, true, '')
select cursor_to_xml('evil', 1, true, true, '')
select database_to_xml(true, true, '')
select xpath('/', xmlparse(document '<a/>'))
select * from ts_stat('delete from claims')
select currval('evil')
select lastval()
select inet_server_addr()
select current_setting('data_directory')
select version()
select has_table_privilege('claims', 'insert')
select 'delete from claims'::regclass
select pg_get_functiondef('lower'::regproc)
select generate_series(1, 1000000000)
select repeat('x', 1000000000)
select lpad('x', 1000000000)
select pg_size_pretty(pg_database_size('postgres'))
select brin_summarize_new_values('claims_pkey')
select gin_clean_pending_list('claims_pkey')
select pg_relation_filepath('claims')
select claims.evil from claims
select (claims).evil from claims
select claims.pg_column_size from claims
select evil(claims) from claims
select public.lower('x')
select other.evil()
select * from evil()
select * from rows from (pg_sleep(60), pg_ls_dir('/'))
select 1 operator(public.+) 1
select 1 -- ; drop table claims
select 1 /* ; drop table claims */
select 1 /* /* nested */ ; drop table claims */
select $$a$$; drop table claims
select E'\'; drop table claims --'
select '\'; drop table claims --'
select 'a''; drop table claims --'
select 'a' 'b'; delete from claims
\copy claims to /tmp/poc-gate-evil
\! touch /tmp/poc-gate-evil
"""
"""One statement a line; each does or may do more than read, or is not needed to measure."""

MYSQL = r"""
select 1; drop table claims
insert into claims (id) values (-1)
insert ignore into claims (id) values (-1)
insert into claims set id = -1
insert into claims (id) values (1) on duplicate key update body = ''
replace into claims (id) values (1)
update claims set body = 'gone'
update low_priority claims set body = 'gone'
delete from claims
delete claims from claims join claims as c using (id)
truncate table claims
drop table claims
drop database if exists evil
alter table claims engine = memory
rename table claims to gone
create table evil (id int)
create table evil like claims
create table evil as select * from claims
create temporary table evil (id int)
create or replace view evil as select * from claims
create function evil() returns int return 1
create function evil returns string soname 'evil.so'
create procedure evil() delete from claims
create event evil on schedule every 1 second do delete from claims
create trigger evil before insert on claims for each row set new.body = ''
create user evil
create server evil foreign data wrapper mysql options (host 'elsewhere')
grant all on *.* to evil
revoke all on *.* from evil
set password = password('evil')
set global read_only = 0
set session transaction read write
set @@session.transaction_read_only = 0
set @a = 1
set names latin1
set role all
set statement max_statement_time = 0 for select 1
start transaction
start transaction read write
begin
commit
rollback
savepoint evil
xa start 'evil'
lock tables claims write
unlock tables
flush tables with read lock
flush logs
reset master
purge binary logs to 'evil'
change master to master_host = 'elsewhere'
start slave
kill 1
shutdown
install plugin evil soname 'evil.so'
install soname 'evil'
uninstall plugin evil
load data infile '/etc/passwd' into table claims
load data local infile '/etc/passwd' into table claims
load xml infile '/etc/passwd' into table claims
call evil()
do sleep(60)
do release_all_locks()
execute immediate 'delete from claims'
prepare evil from 'delete from claims'
execute evil
deallocate prepare evil
handler claims open
handler claims read first
analyze table claims
check table claims
optimize table claims
repair table claims
checksum table claims
cache index claims in evil
explain delete from claims
analyze delete from claims
describe claims
show grants
show create table claims
use mysql
help 'contents'
select * from claims into outfile '/tmp/poc-gate-evil'
select * into outfile '/tmp/poc-gate-evil' from claims
select * into dumpfile '/tmp/poc-gate-evil' from claims
select id into @a from claims limit 1
select * from claims for update
select * from claims for update nowait
select * from claims lock in share mode
select * from (select * from claims for update) s
select load_file('/etc/passwd')
select sleep(60)
select sleep (60)
select `sleep`(60)
select * from claims where sleep(60)
select * from claims order by sleep(60)
select if(1, sleep(60), 0)
select benchmark(1000000000, md5('a'))
select get_lock('evil', 60)
select release_lock('evil')
select release_all_locks()
select is_free_lock('evil')
select master_pos_wait('evil', 1)
select nextval(evil)
select next value for evil
select setval(evil, 1)
select last_insert_id(7)
select @a := 1
select @@global.read_only
select @@datadir
select user()
select uuid_short()
select sys_exec('touch /tmp/poc-gate-evil')
select sys_eval('id')
select evil()
select mysql.evil()
select extractvalue('<a/>', '/a')
select updatexml('<a/>', '/a', 'b')
select repeat('x', 1000000000)
select lpad('x', 1000000000, 'y')
select space(1000000000)
select encrypt('a')
select /*!50000 sleep(60) */
select /*M!100000 sleep(60) */ 1
select 1 /*! ; delete from claims */
select 1 /*+ set_var(max_execution_time = 0) */
select 1 # delete from claims
select 1 -- delete from claims
select '\'; delete from claims -- '
select "a"; delete from claims
select "\"; delete from claims -- "
select 'a' into @b
select * from claims procedure analyse()
select sql_no_cache high_priority * from claims
select sql_calc_found_rows * from claims
with gone as (select 1) delete from claims
values (1), (2)
table claims
(select 1) union (select sleep(60))
select 1 union select load_file('/etc/passwd')
select * from claims partition (evil)
select * from claims for system_time all
select * from json_table('[1]', '$[*]' columns (a int path '$')) t
delimiter // delete from claims //
\! touch /tmp/poc-gate-evil
source /etc/passwd
"""
"""The same for MySQL and MariaDB."""


def lines(text: str) -> tuple[str, ...]:
    """Return the statements of a list."""
    return tuple(line for line in text.splitlines() if line)
