"""More statements that somebody may try, in odd spellings; one a line, for PostgreSQL, MariaDB, SQLite and DuckDB.

Each would change, lock, wait, reach a file or a host, or run a function of the server's owner, if it went through.
"""

POSTGRES = r"""
select U&"\0065vil"(c) from claims c
select "evil"(claims) from claims
select public . evil ( claims ) from claims
select public."evil"(claims.*) from claims
select (select c from claims c limit 1).evil
select (array_agg(c))[1].evil from claims c
select (row(1, 'b', now())::claims).evil
select (c).evil from (select * from claims) as c
select c.evil from (select claims from claims) as c(c)
select claims.evil, id from claims where id = 1
select id from claims order by claims.evil
select id from claims where claims.evil = 1
select id from claims group by id, claims.evil
select max(claims.evil) from claims
select 1 from claims having max(claims.evil) > 0
select id from claims where exists (select 1 from claims x where x.evil = 1)
select case when claims.evil = 1 then 1 else 0 end from claims
select coalesce(claims.evil, 1) from claims
select array[claims.evil] from claims
select claims.evil::text from claims
select cast(claims.evil as text) from claims
select id from claims limit (select claims.evil from claims limit 1)
select id from claims offset (select claims.evil from claims limit 1)
with c as (select claims.evil from claims) select * from c
with recursive c as (select 1 as n union all select n + 1 from c) select * from c
with gone as not materialized (delete from claims returning 1) select 1
with a as (select 1), b as (insert into claims values (-9) returning id) select * from a
select * from claims, lateral (select claims.evil) as x
select * from claims left join lateral (select pg_sleep(9)) as x on true
select * from rows from (pg_sleep(9), pg_sleep(9)) as t
select * from pg_sleep(9) with ordinality
select (pg_sleep(9))
select pg_catalog.pg_sleep(9)
select "pg_catalog"."pg_sleep"(9)
select pg_sleep_for('9 seconds')
select pg_sleep_until(now() + '9 seconds')
select now() + pg_sleep(9)::text::interval
select E'\x70g_sleep', pg_sleep(9)
select $$ab$$, pg_sleep(9)
select $a$'$a$, pg_sleep(9), $b$'$b$
select 'a' 'b', pg_sleep(9)
select 'a'
'b', pg_sleep(9)
select /* /* */ */ pg_sleep(9)
select -- hidden
select '\'; select pg_sleep(9); --'
select 1 where '' = '\' or pg_sleep(9) is null
select nextval('evil'::regclass)
select nextval('public.evil')
select setval('evil', 99)
select currval('evil')
select lastval()
values (nextval('evil'))
table evil for update
select * from claims for no key update skip locked
select * from claims for share nowait
select * from only claims for update of claims
(select * from claims) for update
select * from (select * from claims for update) x
select pg_advisory_xact_lock(1)
select pg_try_advisory_lock(1)
select pg_advisory_lock_shared(1, 2)
select pg_notify('a', 'b')
select pg_logical_emit_message(true, 'a', 'b')
select pg_export_snapshot()
select pg_current_xact_id()
select txid_current()
select pg_switch_wal()
select pg_create_restore_point('x')
select pg_reload_conf()
select pg_rotate_logfile()
select pg_cancel_backend(1)
select pg_stat_reset()
select pg_stat_statements_reset()
select pg_prewarm('claims')
select pg_backup_start('x')
select pg_create_physical_replication_slot('x')
select pg_drop_replication_slot('x')
select pg_promote()
select pg_ls_dir('/')
select pg_stat_file('/etc/passwd')
select pg_read_binary_file('/etc/passwd')
select pg_relation_filepath('claims')
select lo_create(0)
select lo_import('/etc/passwd')
select lo_from_bytea(0, 'x')
select loread(lo_open(1, 131072), 9)
select dblink_exec('host=x', 'drop table claims')
select dblink_connect('host=127.0.0.1')
select query_to_xml('delete from claims', true, true, '')
select table_to_xml('claims', true, true, '')
select cursor_to_xml('c', 1, true, true, '')
select database_to_xml(true, true, '')
select xpath('//a', query_to_xml('select pg_sleep(9)', true, true, ''))
select ts_stat('select to_tsvector(pg_sleep(9)::text)')
select * from ts_stat('delete from claims returning to_tsvector(body)')
select ts_rewrite('a'::tsquery, 'select pg_sleep(9)::text::tsquery, null')
select crosstab('select pg_sleep(9)')
select set_config('role', 'postgres', false)
select current_setting('is_superuser')
select pg_describe_object(1, 2, 3)
select has_table_privilege('claims', 'select')
select format('%s', pg_sleep(9))
select string_agg(pg_sleep(9)::text, ',') from claims
select count(*) filter (where pg_sleep(9) is null) from claims
select sum(1) over (order by pg_sleep(9)) from claims
select id from claims window w as (order by pg_sleep(9))
select percentile_cont(0.5) within group (order by pg_sleep(9)::text::float) from claims
select * from claims tablesample bernoulli (pg_sleep(9)::text::float)
select * from claims tablesample evil (1)
select * from xmltable('/a' passing query_to_xml('delete from claims', true, true, '') columns a text)
select * from json_populate_record(null::claims, pg_sleep(9)::text::json)
select json_build_object('a', pg_sleep(9))
select row_to_json(row(pg_sleep(9)))
select generate_series(1, 1000000000)
select * from generate_series(1, 1000000000) a, generate_series(1, 1000000000) b
select repeat('x', 1000000000)
select lpad('', 1000000000, 'x')
select array_fill(1, array[100000000])
select 1 operator(public.+) 1
select 1 operator(pg_catalog.+) pg_sleep(9)
select 'claims'::regclass::oid::text::evil
select 'x'::evil
select cast('x' as public.evil)
select evil 'x'
select interval '1' year (pg_sleep(9))
select position(pg_sleep(9)::text in 'a')
select overlay('a' placing pg_sleep(9)::text from 1)
select substring('a' from pg_sleep(9)::text)
select trim(both pg_sleep(9)::text from 'a')
select extract(epoch from pg_sleep(9)::text::timestamp)
select collation for (pg_sleep(9))
select normalize(pg_sleep(9)::text, NFC)
select xmlelement(name a, pg_sleep(9))
select xmlforest(pg_sleep(9) as a)
select xmlparse(document pg_sleep(9)::text)
select grouping(id) from claims group by rollup (id, pg_sleep(9))
select greatest(pg_sleep(9), null)
select nullif(pg_sleep(9), null)
select 1 in (select pg_sleep(9))
select 1 = any (select pg_sleep(9))
select array(select pg_sleep(9))
select exists (select pg_sleep(9))
select row(1, pg_sleep(9)) < row(1, 2)
select 1 between 0 and pg_sleep(9)::text::int
select not pg_sleep(9) is null
select distinct on (pg_sleep(9)) id from claims
select id from claims fetch first (pg_sleep(9)::text::int) rows only
select id from claims union all select pg_sleep(9)::text::int
select id from claims except select nextval('evil')
select id from claims intersect all select setval('evil', 1)
select into temp evil from claims
select id into unlogged evil from claims
select 1 as a into evil
execute evil
declare c cursor for select pg_sleep(9)
fetch all from c
move all in c
close all
explain (analyze, buffers) select pg_sleep(9)
explain analyze verbose update claims set body = ''
explain create table evil as select 1
copy claims from program 'touch /tmp/poc-gate-evil'
copy (delete from claims returning *) to stdout
create table if not exists evil as execute evil
start transaction read write
set session characteristics as transaction read write
set local role postgres
set session authorization postgres
reset all
show all
prepare transaction 'x'
commit prepared 'x'
savepoint a
release a
rollback to a
abort
end
call evil()
do language plpgsql $x$ begin perform pg_sleep(9); end $x$
select * from pg_authid
select * from pg_shadow
select rolpassword from pg_roles, pg_sleep(9)
select * from pg_stat_activity where pg_sleep(9) is null
select * from pg_largeobject
select * from pg_file_settings, pg_reload_conf()
"""

MYSQL = r"""
select benchmark(1000000000, md5('a'))
select sleep(9) from claims
select `sleep`(9)
select evil.sleep(9)
select get_lock('evil', 9)
select release_all_locks()
select master_pos_wait('a', 1, 9)
select wait_for_executed_gtid_set('a', 9)
select nextval(evil)
select next value for evil
select previous value for evil
select setval(evil, 9)
select lastval(evil)
select load_file('/etc/passwd')
select body from claims into outfile '/tmp/poc-gate-evil'
select body into dumpfile '/tmp/poc-gate-evil' from claims
select body into @a from claims
select @a := 1
select @@global.read_only := 0
select id from claims for update
select id from claims lock in share mode
select id from claims for share skip locked
select id from claims procedure analyse()
select /*! sleep(9) */
select /*!50000 sleep(9) */ from claims
select /*M! sleep(9) */
select /*!999999 1, */ sleep(9)
select 1 -- a
select 1 # a
select 1 /* a */ ; delete from claims
select 'a\'; delete from claims; -- '
select "a\"; delete from claims; -- "
select `a``; delete from claims; -- `
select 1; select sleep(9)
with c as (select sleep(9)) select * from c
select * from (select sleep(9)) c
select * from claims where sleep(9)
select * from claims having sleep(9)
select * from claims order by sleep(9)
select * from claims limit 1 into outfile '/tmp/poc-gate-evil'
values (sleep(9))
do sleep(9)
handler claims open
handler claims read first
call evil()
execute immediate 'delete from claims'
prepare a from 'delete from claims'
set password = 'a'
set global read_only = 0
set @@session.sql_mode = ''
set statement max_statement_time = 0 for select sleep(9)
flush tables with read lock
lock tables claims write
reset master
kill 1
shutdown
install plugin a soname 'b'
load data local infile '/etc/passwd' into table claims
load xml infile '/etc/passwd' into table claims
replace into claims values (-1, '', null)
insert into claims select * from claims on duplicate key update body = ''
update claims c join claims d set c.body = ''
delete c from claims c join claims d
truncate claims
create or replace view evil as select 1
create temporary table evil select * from claims
rename table claims to evil
optimize table claims
analyze table claims
repair table claims
check table claims
cache index claims in hot
explain delete from claims
analyze update claims set body = ''
begin not atomic delete from claims; end
xa start 'a'
start transaction read write
grant all on *.* to evil
create user evil
change master to master_host = 'evil'
purge binary logs before now()
help 'contents'; delete from claims
select json_table(sleep(9), '$' columns (a int path '$'))
select * from json_table(sleep(9), '$' columns (a int path '$')) t
select convert(sleep(9) using utf8mb4)
select cast(sleep(9) as char)
select interval(1, sleep(9))
select group_concat(sleep(9)) from claims
select row_number() over (order by sleep(9)) from claims
select case sleep(9) when 0 then 1 end
select sys_exec('touch /tmp/poc-gate-evil')
select sys_eval('id')
select extractvalue('<a/>', sleep(9))
select updatexml('<a/>', sleep(9), 'b')
select uuid_short() + sleep(9)
select last_insert_id(99)
select name_const('a', sleep(9))
"""

EMBEDDED = r"""
attach '/tmp/poc-gate-evil' as evil
detach claims
pragma writable_schema = 1
pragma journal_mode = delete
vacuum
vacuum into '/tmp/poc-gate-evil'
select load_extension('evil')
select writefile('/tmp/poc-gate-evil', 'a')
select readfile('/etc/passwd')
select edit('a')
select fts3_tokenizer('a', 'b')
select randomblob(1000000000)
select zeroblob(1000000000)
with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c
insert into claims values (-1, '', '')
replace into claims values (-1, '', '')
update or ignore claims set body = ''
delete from claims
with a as (select 1) delete from claims
create table evil (a)
create temp table evil (a)
create virtual table evil using fts5(a)
create trigger evil after insert on claims begin delete from claims; end
drop table claims
alter table claims rename to evil
reindex
analyze
begin immediate
savepoint a
select 1; delete from claims
explain delete from claims
copy claims to '/tmp/poc-gate-evil'
copy claims from '/etc/passwd'
export database '/tmp/poc-gate-evil'
import database '/tmp/poc-gate-evil'
install httpfs
load httpfs
set enable_external_access = true
select * from read_csv('/etc/passwd')
select * from read_text('/etc/passwd')
select * from read_blob('/etc/passwd')
select * from read_parquet('http://127.0.0.1:9/a')
select * from '/etc/passwd'
select * from "/etc/passwd"
select * from glob('/etc/*')
from claims
from read_csv('/etc/passwd')
select * from sniff_csv('/etc/passwd')
select * from query('delete from claims')
select * from query_table('claims')
select getenv('HOME')
select * from duckdb_secrets()
create secret evil (type s3)
pivot claims on body
checkpoint
call pragma_version()
summarize claims
describe claims
use memory
select nextval('evil')
select * from sqlite_scan('/tmp/a', 'b')
select * from postgres_scan('host=127.0.0.1', 'public', 'claims')
"""
