package dev.kysera.migrations.junit;

/** The queries of PostgreSQL's catalog: what exists, its lines, and its definitions. */
final class PostgresCatalog {

  private PostgresCatalog() {}

  /**
   * The user's schemas, relations, types and routines, with the names that a snapshot shows. Where
   * they are not materialized, PostgreSQL asks for the comment of each of its own functions.
   */
  private static final String WITH =
      """
      with spaces as (
        select oid, nspname,
          case when nspname = 'public' then '' else quote_ident(nspname) || '.' end as prefix
        from pg_namespace
        where nspname <> 'information_schema' and nspname !~ '^pg_'),
      owned as (
        select classid, objid from pg_depend where deptype = 'e'),
      relations as (
        select c.*, s.nspname, s.prefix || quote_ident(c.relname) as shown,
          quote_ident(s.nspname) || '.' || quote_ident(c.relname) as full_name,
          case when c.relkind in ('r', 'p', 'f') then 'table' when c.relkind = 'v' then 'view'
            when c.relkind = 'm' then 'materialized_view' when c.relkind = 'S' then 'sequence'
          end as kind
        from pg_class c join spaces s on s.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
          and not exists (select from owned where classid = 'pg_class'::regclass and objid = c.oid)
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
            and d.objid = c.oid and d.deptype = 'i' and c.relkind = 'S')),
      types as materialized (
        select t.*, s.prefix || quote_ident(t.typname) as shown,
          quote_ident(s.nspname) || '.' || quote_ident(t.typname) as full_name
        from pg_type t join spaces s on s.oid = t.typnamespace
        where (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c'
            and (select relkind from pg_class where oid = t.typrelid) = 'c'))
          and not exists (select from owned where classid = 'pg_type'::regclass and objid = t.oid)),
      routines as materialized (
        select p.*, s.prefix || quote_ident(p.proname) || '('
            || pg_get_function_identity_arguments(p.oid) || ')' as shown,
          quote_ident(s.nspname) || '.' || quote_ident(p.proname) || '('
            || pg_get_function_identity_arguments(p.oid) || ')' as full_name,
          case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function'
          end as kind
        from pg_proc p join spaces s on s.oid = p.pronamespace
        where not exists (select from owned where classid = 'pg_proc'::regclass and objid = p.oid)
          and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
            and d.objid = p.oid and d.deptype = 'i')),
      named as (
        select n.*, s.prefix || quote_ident(n.name) as shown,
          quote_ident(s.nspname) || '.' || quote_ident(n.name) as full_name
        from (
          select 'collation' as kind, 'pg_collation'::regclass as classid, oid,
            collnamespace as space, collname as name from pg_collation
          union all
          select 'text_search_dictionary', 'pg_ts_dict'::regclass, oid, dictnamespace, dictname
          from pg_ts_dict
          union all
          select 'text_search_configuration', 'pg_ts_config'::regclass, oid, cfgnamespace, cfgname
          from pg_ts_config) n join spaces s on s.oid = n.space
        where not exists (select from owned o where o.classid = n.classid and o.objid = n.oid))
      """;

  /**
   * Kind, shown name, drop, schema, name, and the full name of what holds rows: those of a foreign
   * table are elsewhere, perhaps out of reach.
   */
  static final String OBJECTS =
      WITH
          + """
          select 'schema', quote_ident(s.nspname),
            'drop schema if exists ' || quote_ident(s.nspname) || ' cascade', null, null, null
          from spaces s where s.nspname <> 'public'
            and not exists (select from owned
              where classid = 'pg_namespace'::regclass and objid = s.oid)
          union all
          select 'extension', quote_ident(extname),
            'drop extension if exists ' || quote_ident(extname) || ' cascade', null, null, null
          from pg_extension where extname <> 'plpgsql'
          union all
          select 'type', shown,
            'drop ' || case typtype when 'd' then 'domain' else 'type' end || ' if exists '
              || full_name || ' cascade', null, null, null
          from types
          union all
          select kind, shown, 'drop ' || case relkind when 'f' then 'foreign ' else '' end
              || replace(kind, '_', ' ') || ' if exists ' || full_name || ' cascade',
            nspname, relname, case when relkind <> 'f' then full_name end
          from relations
          union all
          select kind, shown, 'drop ' || kind || ' if exists ' || full_name || ' cascade',
            null, null, null
          from routines
          union all
          select 'statistics', s.prefix || quote_ident(x.stxname),
            'drop statistics if exists ' || quote_ident(s.nspname) || '.'
              || quote_ident(x.stxname), null, null, null
          from pg_statistic_ext x join spaces s on s.oid = x.stxnamespace
          union all
          select kind, shown, 'drop ' || replace(kind, '_', ' ') || ' if exists ' || full_name
            || ' cascade', null, null, null
          from named
          """;

  /** Kind, shown name, line. */
  static final String LINES =
      WITH
          + """
          select kind, shown, 'column ' || quote_ident(a.attname) || ' '
            || format_type(a.atttypid, a.atttypmod)
            || case when a.attcollation <> 0 and a.attcollation <> t.typcollation
              then ' collate ' || (select quote_ident(collname) from pg_collation
                where oid = a.attcollation) else '' end
            || case when d.adbin is null then ''
              when a.attgenerated <> '' then ' generated always as ('
                || pg_get_expr(d.adbin, d.adrelid) || ')'
                || case a.attgenerated when 's' then ' stored' else ' virtual' end
              else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
            || case when a.attnotnull then ' not null' else '' end
            || case a.attidentity when 'a' then ' identity' when 'd' then ' identity by default'
              else '' end
            || coalesce((select ' (' || nullif(concat_ws(' ',
                case when seqstart <> 1 then 'start ' || seqstart end,
                case when seqincrement <> 1 then 'increment ' || seqincrement end,
                case when seqmin <> case when seqincrement > 0 then 1 else -1 - top end
                  then 'from ' || seqmin end,
                case when seqmax <> case when seqincrement > 0 then top else -1 end
                  then 'to ' || seqmax end,
                case when seqcache <> 1 then 'cache ' || seqcache end,
                case when seqcycle then 'cycle' end), '') || ')'
              from pg_sequence join pg_depend on objid = seqrelid
                and classid = 'pg_class'::regclass and deptype = 'i'
              cross join lateral (select case seqtypid when 'smallint'::regtype then 32767
                when 'integer'::regtype then 2147483647 else 9223372036854775807 end as top) of_type
              where refobjid = a.attrelid and refobjsubid = a.attnum), '')
            || coalesce(' comment ' || quote_literal(col_description(a.attrelid, a.attnum)), '')
          from relations r join pg_attribute a on a.attrelid = r.oid
          join pg_type t on t.oid = a.atttypid
          left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attnum > 0 and not a.attisdropped and r.relkind <> 'S'
          union all
          select kind, shown, 'constraint ' || quote_ident(conname) || ' '
            || pg_get_constraintdef(k.oid)
            || coalesce(' comment ' || quote_literal(obj_description(k.oid, 'pg_constraint')), '')
          from relations r join pg_constraint k on k.conrelid = r.oid
          where k.contype in ('p', 'u', 'f', 'c', 'x')
          union all
          select kind, shown, case when i.indisunique then 'unique ' else '' end || 'index '
            || quote_ident(x.relname) || ' '
            || substring(pg_get_indexdef(i.indexrelid) from ' USING (.*)$')
            || case when i.indisvalid then '' else ' invalid' end
            || coalesce(' comment ' || quote_literal(obj_description(x.oid, 'pg_class')), '')
          from relations r join pg_index i on i.indrelid = r.oid
          join pg_class x on x.oid = i.indexrelid
          where not exists (select from pg_constraint k
            where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
          union all
          select kind, shown,
            regexp_replace(pg_get_triggerdef(g.oid), '^CREATE (CONSTRAINT )?TRIGGER', 'trigger')
            || case g.tgenabled when 'O' then '' when 'D' then ' disabled'
              else ' enabled ' || g.tgenabled::text end
            || coalesce(' comment ' || quote_literal(obj_description(g.oid, 'pg_trigger')), '')
          from relations r join pg_trigger g on g.tgrelid = r.oid where not g.tgisinternal
          union all
          select kind, shown, 'rule ' || pg_get_ruledef(w.oid)
          from relations r join pg_rewrite w on w.ev_class = r.oid where w.rulename <> '_RETURN'
          union all
          select kind, shown, 'policy ' || quote_ident(p.polname)
            || case when p.polpermissive then '' else ' restrictive' end
            || ' for ' || case p.polcmd when 'r' then 'select' when 'a' then 'insert'
              when 'w' then 'update' when 'd' then 'delete' else 'all' end
            || coalesce((select ' to ' || string_agg(quote_ident(rolname), ', ' order by rolname)
              from pg_roles where oid = any (p.polroles)), '')
            || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
            || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
          from relations r join pg_policy p on p.polrelid = r.oid
          union all
          select r.kind, r.shown, l.line from relations r cross join lateral (values
            (case when r.relpersistence = 'u' then 'unlogged' end),
            (case when r.relrowsecurity then 'row level security'
              || case when r.relforcerowsecurity then ' forced' else '' end end),
            (case when r.relkind = 'p' then 'partition by ' || pg_get_partkeydef(r.oid) end),
            (case when r.relispartition then pg_get_expr(r.relpartbound, r.oid) end),
            ((select 'inherits ' || string_agg(inhparent::regclass::text, ', ' order by inhseqno)
              from pg_inherits where inhrelid = r.oid)),
            (case when r.reloptions is not null
              then (select 'with (' || string_agg(o, ', ' order by o) || ')'
                from unnest(r.reloptions) o) end),
            (case when r.relkind in ('r', 'p') then case r.relreplident
              when 'f' then 'replica identity full' when 'n' then 'replica identity nothing'
              when 'i' then 'replica identity using index ' || (select quote_ident(x.relname)
                from pg_index i join pg_class x on x.oid = i.indexrelid
                where i.indrelid = r.oid and i.indisreplident) end end),
            ('comment ' || quote_literal(obj_description(r.oid, 'pg_class')))) l(line)
          where l.line is not null
          union all
          select kind, shown, 'as ' || format_type(q.seqtypid, null) || ' start ' || q.seqstart
            || ' increment ' || q.seqincrement || ' from ' || q.seqmin || ' to ' || q.seqmax
            || case when q.seqcache <> 1 then ' cache ' || q.seqcache else '' end
            || case when q.seqcycle then ' cycle' else '' end
            || coalesce((select ' owned by ' || d.refobjid::regclass || '.' || quote_ident(a.attname)
              from pg_depend d join pg_attribute a
                on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
              where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype = 'a'), '')
          from relations r join pg_sequence q on q.seqrelid = r.oid
          union all
          select 'type', shown, 'as enum (' || (select string_agg(quote_literal(enumlabel), ', '
            order by enumsortorder) from pg_enum where enumtypid = t.oid) || ')'
          from types t where typtype = 'e'
          union all
          select 'type', shown, 'as domain ' || format_type(typbasetype, typtypmod)
            || coalesce(' default ' || typdefault, '')
            || case when typnotnull then ' not null' else '' end
          from types where typtype = 'd'
          union all
          select 'type', shown, 'constraint ' || quote_ident(conname) || ' '
            || pg_get_constraintdef(k.oid)
          from types t join pg_constraint k on k.contypid = t.oid where k.contype = 'c'
          union all
          select 'type', shown, 'as (' || (select string_agg(quote_ident(attname) || ' '
            || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute
            where attrelid = t.typrelid and attnum > 0 and not attisdropped) || ')'
          from types t where typtype = 'c'
          union all
          select 'type', shown, 'as range of ' || format_type(rngsubtype, null)
          from types t join pg_range on rngtypid = t.oid
          union all
          select 'type', shown, 'comment ' || quote_literal(obj_description(oid, 'pg_type'))
          from types where obj_description(oid, 'pg_type') is not null
          union all
          select kind, shown, 'comment ' || quote_literal(obj_description(oid, 'pg_proc'))
          from routines where obj_description(oid, 'pg_proc') is not null
          union all
          select 'statistics', s.prefix || quote_ident(x.stxname),
            substring(pg_get_statisticsobjdef(x.oid) from '(\\(.*\\) ON .*|ON .*)$')
          from pg_statistic_ext x join spaces s on s.oid = x.stxnamespace
          union all
          select 'schema', quote_ident(nspname),
            'comment ' || quote_literal(obj_description(oid, 'pg_namespace'))
          from spaces where obj_description(oid, 'pg_namespace') is not null
          union all
          select kind, shown, 'provider ' || c.collprovider::text || ' locale '
            || quote_literal(coalesce(j ->> 'colllocale', j ->> 'colliculocale', c.collcollate))
            || coalesce(' ctype ' || quote_literal(c.collctype), '')
            || coalesce(' rules ' || quote_literal(j ->> 'collicurules'), '')
            || case when c.collisdeterministic then '' else ' not deterministic' end
          from named n join pg_collation c on n.kind = 'collation' and c.oid = n.oid
          cross join lateral (select to_jsonb(c) as j) as_json
          union all
          select kind, shown, 'template ' || t.tmplname
            || coalesce(' (' || d.dictinitoption || ')', '')
          from named n join pg_ts_dict d on n.kind = 'text_search_dictionary' and d.oid = n.oid
          join pg_ts_template t on t.oid = d.dicttemplate
          union all
          select kind, shown, 'for ' || y.alias || ' with '
            || string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno)
          from named n join pg_ts_config c
            on n.kind = 'text_search_configuration' and c.oid = n.oid
          join pg_ts_config_map m on m.mapcfg = c.oid
          cross join lateral ts_token_type(c.cfgparser) y
          where y.tokid = m.maptokentype
          group by kind, shown, y.alias
          """;

  /** Kind, shown name, text. */
  static final String DEFINITIONS =
      WITH
          + """
          select kind, shown, 'as' || chr(10) || pg_get_viewdef(oid, true)
          from relations where relkind in ('v', 'm')
          union all
          select kind, shown, pg_get_functiondef(oid) from routines where prokind <> 'a'
          union all
          select 'aggregate', r.shown, 'sfunc ' || a.aggtransfn || ' stype '
            || format_type(a.aggtranstype, null) || coalesce(' finalfunc '
              || nullif(a.aggfinalfn::oid, 0)::regproc, '')
            || coalesce(' initcond ' || quote_literal(a.agginitval), '')
          from routines r join pg_aggregate a on a.aggfnoid = r.oid
          """;
}
