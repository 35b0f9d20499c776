package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kysera.migrations.TestDatabase.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pools of one connection, pools without autocommit, and handles that are in use already. */
class PoolTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int)"), h -> h.execute("drop table a"))
          .add("002_b", h -> h.execute("insert into a values (1)"), h -> h.execute("delete from a"))
          .build();

  private static HikariDataSource pool(TestDatabase db, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(db.url());
    config.setMaximumPoolSize(1);
    config.setAutoCommit(autoCommit);
    config.setConnectionTimeout(2000);
    return new HikariDataSource(config);
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_pool_of_one_connection_suffices(Kind kind) throws SQLException {
    try (TestDatabase db = kind.open();
        HikariDataSource pool = pool(db, true)) {
      Jdbi jdbi = Jdbi.create(pool);
      MigrationRegistry nesting =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  h -> {
                    h.execute("create table a (id int)");
                    jdbi.useHandle(nested -> nested.execute("insert into a values (1)"));
                  })
              .add(
                  "002_fails",
                  h -> {
                    throw new IllegalStateException("boom");
                  })
              .build();
      MigrationRunner runner = MigrationRunner.create(jdbi, nesting);
      catchThrowableOfType(MigrationFailedException.class, runner::up);

      assertThat(db.history()).containsExactly("001_a");
      assertThat(db.strings("select id from a")).containsExactly("1");
      assertThat(runner.status().pending()).hasSize(1);
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_migration_that_closes_the_only_connection_is_diagnosed_over_a_new_one(Kind kind) {
    try (TestDatabase db = kind.open();
        HikariDataSource pool = pool(db, true)) {
      MigrationRegistry closing =
          MigrationRegistry.builder().add("001_a", h -> h.getConnection().close()).build();
      MigrationRunner runner = MigrationRunner.create(Jdbi.create(pool), closing);
      assertThatThrownBy(runner::up)
          .isInstanceOf(MigrationFailedException.class)
          .hasMessageContaining("it has closed the handle of the run")
          .hasMessageContaining("stays open");
      assertThatThrownBy(runner::up).isInstanceOf(InterruptedMigrationException.class);
    }
  }

  /** A handler that turns autocommit off by itself; an older JDBI has none. */
  private static Optional<TransactionHandler> managing() throws ReflectiveOperationException {
    try {
      return Optional.of(
          (TransactionHandler) LocalTransactionHandler.class.getMethod("managed").invoke(null));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  @Test
  void a_pool_without_autocommit_works_on_h2() throws Exception {
    List<Optional<TransactionHandler>> handlers = new ArrayList<>();
    handlers.add(Optional.empty());
    managing().map(Optional::of).ifPresent(handlers::add);
    for (Optional<TransactionHandler> handler : handlers) {
      try (TestDatabase db = Kind.H2.open();
          HikariDataSource pool = pool(db, false)) {
        Jdbi jdbi = Jdbi.create(pool);
        handler.ifPresent(jdbi::setTransactionHandler);
        MigrationRunner runner = MigrationRunner.create(jdbi, REGISTRY);

        assertThat(runner.up().completed()).containsExactly("001_a", "002_b");
        assertThat(db.history()).containsExactly("001_a", "002_b");
        assertThat(runner.down().completed()).containsExactly("002_b");
        assertThat(db.history()).containsExactly("001_a");
        MigrationRegistry outside =
            MigrationRegistry.builder()
                .add("001_a", h -> {})
                .add(
                    MigrationDefinition.of("002_b").asNonTransactional(),
                    h -> h.execute("create table c (id int)"))
                .build();
        assertThat(MigrationRunner.create(jdbi, outside).up().completed()).containsExactly("002_b");
        assertThat(db.history()).containsExactly("001_a", "002_b");
        try (Connection connection = pool.getConnection()) {
          assertThat(connection.getAutoCommit()).isFalse();
        }
      }
    }
  }

  @Test
  void a_pool_without_autocommit_works_on_sqlite_with_a_managing_handler() throws Exception {
    Optional<TransactionHandler> handler = managing();
    assumeTrue(handler.isPresent(), "this JDBI has no handler that turns autocommit off");
    try (TestDatabase db = Kind.SQLITE.open();
        HikariDataSource pool = pool(db, false)) {
      Jdbi jdbi = Jdbi.create(pool);
      jdbi.setTransactionHandler(handler.get());
      MigrationRunner runner = MigrationRunner.create(jdbi, REGISTRY);
      assertThat(runner.up().completed()).containsExactly("001_a", "002_b");
      assertThat(runner.reset().completed()).containsExactly("002_b", "001_a");
      assertThat(db.history()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void inside_a_transaction_a_run_is_refused_and_the_transaction_survives(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.execute("create table mine (id int)");
      db.jdbi()
          .useTransaction(
              handle -> {
                handle.execute("insert into mine values (1)");
                for (Runnable verb :
                    List.<Runnable>of(
                        () -> db.runner(REGISTRY).up(), () -> db.runner(REGISTRY).status())) {
                  assertThatThrownBy(verb::run)
                      .isInstanceOf(MigrationException.class)
                      .hasMessage(
                          "The handle of this thread is in a transaction, or its connection came"
                              + " with autocommit off and may hold uncommitted work. Nothing was"
                              + " changed. Run migrations outside transactions, and let the pool"
                              + " lend connections with autocommit on.");
                }
              });
      assertThat(db.strings("select id from mine")).containsExactly("1");
      assertThat(db.hasTable("migrations")).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void inside_a_handle_without_a_transaction_a_run_joins_it(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.jdbi()
          .useHandle(
              handle -> {
                db.runner(REGISTRY).up();
                assertThat(handle.isInTransaction()).isFalse();
                handle.execute("insert into a values (2)");
              });
      assertThat(db.strings("select id from a order by id")).containsExactly("1", "2");
    }
  }
}
