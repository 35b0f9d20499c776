package dev.kysera.migrations.internal.risk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.RiskNote;
import dev.kysera.migrations.internal.risk.ExistingTables.Index;
import dev.kysera.migrations.internal.risk.ExistingTables.Table;
import dev.kysera.migrations.internal.sql.SqlStatement;
import dev.kysera.migrations.internal.sql.SqlStatements;
import dev.kysera.migrations.internal.sql.SqlSyntax;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskReviewTest {

  private static final ExistingTables EXISTING =
      new ExistingTables(
          true,
          List.of(
              new Table("public", "orders", false),
              new Table("public", "users", false),
              new Table("public", "settings", true)),
          List.of(new Index("orders_pkey", "orders"), new Index("settings_pkey", "settings")));

  private static List<RiskNote> notes(SqlSyntax syntax, boolean inTransaction, String sql) {
    return new RiskReview(syntax, EXISTING).notes("007_x", inTransaction, sql);
  }

  @Test
  void no_harmless_statement_is_noted() throws Exception {
    String all;
    try (InputStream in = RiskReviewTest.class.getResourceAsStream("/harmless.sql")) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    RiskReview review = new RiskReview(SqlSyntax.POSTGRESQL, EXISTING);
    List<SqlStatement> statements = SqlStatements.split(all, SqlSyntax.POSTGRESQL);
    assertThat(statements).hasSizeGreaterThan(150);
    for (SqlStatement statement : statements) {
      assertThat(review.notes("001_a", true, statement.text())).as(statement.text()).isEmpty();
    }
    assertThat(
            new RiskReview(SqlSyntax.POSTGRESQL, EXISTING)
                .notes("001_a", false, "create index concurrently i on orders (id)"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      textBlock =
          """
          BlockingIndex | create index i on orders (id)
          BlockingIndex | CREATE UNIQUE INDEX IF NOT EXISTS i ON public."orders" USING btree (id)
          BlockingIndex | create index on orders (lower(name))
          BlockingIndex | create /* index concurrently */ index i on orders (id)
          BlockingIndex | drop index orders_pkey
          BlockingIndex | drop index if exists public.orders_pkey cascade
          BlockingIndex | reindex index orders_pkey
          BlockingIndex | reindex (verbose) table orders
          ConcurrentlyInTransaction | create index concurrently i on orders (id)
          ConcurrentlyInTransaction | create index concurrently i on settings (id)
          ConcurrentlyInTransaction | drop index concurrently orders_pkey
          ConcurrentlyInTransaction | reindex table concurrently orders
          ConcurrentlyInTransaction | alter table orders detach partition p concurrently
          ValidatedConstraint | alter table orders add constraint c check (a > 0)
          ValidatedConstraint | alter table only orders add foreign key (u) references users (id)
          ValidatedConstraint | alter table orders add column u bigint references users (id)
          ValidatedConstraint | alter table orders add column u int check (u > 0)
          BlockingUnique | alter table orders add constraint c unique (a)
          BlockingUnique | alter table orders add primary key (id)
          BlockingUnique | alter table orders add column code text unique
          BlockingUnique | alter table orders add constraint c exclude using gist (a with &&)
          TypeChange | alter table orders alter column id type bigint
          TypeChange | alter table if exists orders alter id set data type bigint using id::bigint
          NotNull | alter table orders alter column a set not null
          NotNull | alter table orders add constraint c not null a
          NotNullWithoutDefault | alter table orders add column a int not null
          NotNullWithoutDefault | alter table orders add a int not null
          VolatileDefault | alter table orders add column u uuid not null default gen_random_uuid()
          VolatileDefault | alter table orders add column r float default (random() * 2)
          VolatileDefault | alter table orders add column t timestamptz default clock_timestamp()
          VolatileDefault | alter table orders add column s bigserial
          VolatileDefault | alter table orders add column s bigint generated always as identity
          VolatileDefault | alter table orders add column s int generated always as (a * 2) stored
          Rename | alter table orders rename to bills
          Rename | alter table orders rename column a to b
          Rename | alter table orders rename a to b
          Drop | drop table orders
          Drop | drop table if exists public.orders cascade
          Drop | alter table orders drop column a
          Drop | alter table orders drop if exists a cascade
          Drop | truncate orders
          Drop | truncate table only orders restart identity cascade
          UnboundedDml | update orders set a = 1
          UnboundedDml | update only orders as o set a = (select b from users where users.id = o.u)
          UnboundedDml | delete from orders
          UnboundedDml | delete from orders using (select id from users where id > 5) u
          UnboundedDml | with u as (select 1 where true) update orders set a = 1
          UnboundedDml | with d as (delete from orders returning *) select * from d where a = 1
          UnboundedDml | do $$ begin update orders set a = 1; end $$
          UnboundedDml | do $b$ begin if true then delete from orders; end if; end $b$
          UnboundedDml | do $$ begin execute 'delete from orders'; end $$
          Rewrite | vacuum full orders
          Rewrite | vacuum (full, analyze) orders
          Rewrite | cluster orders using orders_pkey
          Rewrite | alter table orders set tablespace fast
          Rewrite | alter table orders set unlogged
          LockTable | lock table orders
          LockTable | lock orders in share mode
          """)
  void planted_on_postgresql(String tag, String sql) {
    assertThat(notes(SqlSyntax.POSTGRESQL, true, sql))
        .extracting(RiskNote::rule)
        .containsExactly(tag);
  }

  @Test
  void each_action_of_a_statement_is_noted() {
    assertThat(
            notes(
                SqlSyntax.POSTGRESQL,
                true,
                "alter table orders drop column a, alter b type numeric(5, 2), add c serial unique"))
        .extracting(RiskNote::rule)
        .containsExactly("Drop", "TypeChange", "VolatileDefault", "BlockingUnique");
  }

  @Test
  void validating_in_the_same_transaction_wins_nothing() {
    RiskReview review = new RiskReview(SqlSyntax.POSTGRESQL, EXISTING);
    String add = "alter table orders add constraint c check (a is not null) not valid";
    String validate = "alter table orders validate constraint c";
    assertThat(review.notes("001_a", true, add)).isEmpty();
    assertThat(review.notes("001_a", true, validate))
        .extracting(RiskNote::rule)
        .containsExactly("ValidatedTooSoon");
    assertThat(review.notes("002_b", true, validate)).isEmpty();
    assertThat(review.notes("003_c", true, "alter table orders alter a set not null")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TypeChange | alter table orders modify column a bigint
          TypeChange | alter table orders convert to character set utf8mb4
          Rename,TypeChange | alter table `orders` change a b bigint
          Rename | alter table orders rename column a to b
          Rename | rename table orders to bills
          Rename | alter table orders rename to bills
          ForeignKey | alter table orders add constraint c foreign key (a) references users (id)
          Drop | drop table if exists orders
          Drop | alter table orders drop column a
          Drop | truncate table orders
          UnboundedDml | update orders set a = "where"
          UnboundedDml | delete from orders # where id = 1
          """)
  void planted_on_mysql(String tags, String sql) {
    assertThat(notes(SqlSyntax.MYSQL, true, sql))
        .extracting(RiskNote::rule)
        .containsExactly(tags.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create table t (a int, key (a)) engine=innodb
          alter table orders add column a int not null default 0
          alter table orders add index i (a), drop index j, drop primary key, rename index a to b
          alter table orders modify column a varchar(50), algorithm=instant
          alter table orders alter column a set default 5
          update orders set a = 1 where id = 2
          delete from orders where id = 1 limit 10
          delete from orders order by id limit 10
          update settings set a = 1
          insert into orders values ('delete from orders') on duplicate key update a = 1
          """)
  void harmless_on_mysql(String sql) {
    assertThat(notes(SqlSyntax.MYSQL, true, sql)).isEmpty();
  }

  @Test
  void a_note_says_what_happens_and_what_to_write_instead() {
    assertThat(notes(SqlSyntax.POSTGRESQL, true, "create index i on orders (id)"))
        .singleElement()
        .hasToString(
            """
            ⚠️ [BlockingIndex] 007_x: Building the index i locks orders against writes until it is\
             done. CREATE INDEX CONCURRENTLY does not; it needs @Migration(transactional = false).\
             If it is right as it is, say why in a comment of the statement: -- risk BlockingIndex\
             accepted: ...
              create index i on orders (id)
            """);
  }

  @Test
  void a_risk_is_accepted_with_a_reason_only() {
    String sql = "create index i on orders (id) ";
    assertThat(notes(SqlSyntax.POSTGRESQL, true, sql + "-- risk BlockingIndex accepted: at night"))
        .isEmpty();
    assertThat(notes(SqlSyntax.POSTGRESQL, true, "/* risk BlockingIndex accepted: x */" + sql))
        .isEmpty();
    assertThat(notes(SqlSyntax.POSTGRESQL, true, sql + "-- risk BlockingIndex accepted:"))
        .singleElement()
        .extracting(RiskNote::message)
        .asString()
        .endsWith(" Its comment accepts BlockingIndex without a reason, which does not count.");
    assertThat(notes(SqlSyntax.POSTGRESQL, true, sql + "-- risk Blocking accepted: at night"))
        .singleElement()
        .extracting(RiskNote::message)
        .asString()
        .endsWith(" Its comment accepts the risk Blocking, which is none.");
    assertThat(notes(SqlSyntax.POSTGRESQL, true, sql + "-- risk Drop accepted: at night"))
        .hasSize(1);
  }

  @Test
  void without_knowledge_of_sizes_every_table_of_others_counts() {
    RiskReview review = new RiskReview(SqlSyntax.POSTGRESQL, ExistingTables.UNKNOWN);
    assertThat(review.notes("001_a", true, "create table a (id int); create index on a (id)"))
        .isEmpty();
    assertThat(review.notes("002_b", true, "create index on b (id)")).hasSize(1);
  }

  @Test
  void other_databases_have_no_rules() {
    assertThat(notes(SqlSyntax.SQLITE, true, "drop table orders")).isEmpty();
    assertThat(notes(SqlSyntax.STANDARD, true, "drop table orders")).isEmpty();
  }
}
