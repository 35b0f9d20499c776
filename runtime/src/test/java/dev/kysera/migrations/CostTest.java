package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.TestDatabase.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a start costs when there is nothing to do: one SELECT, and nothing is created or changed.
 */
class CostTest {

  private static final int MIGRATIONS = 1000;

  private static Jdbi counting(TestDatabase db, List<String> calls) {
    return Jdbi.create(
        () -> {
          Connection connection = DriverManager.getConnection(db.url());
          return (Connection)
              Proxy.newProxyInstance(
                  CostTest.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> {
                    switch (method.getName()) {
                      case "prepareStatement" -> calls.add((String) arguments[0]);
                      case "close", "getAutoCommit", "getMetaData", "isClosed", "hashCode" -> {}
                      default -> calls.add(method.getName());
                    }
                    try {
                      return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
        });
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_start_with_nothing_pending_sends_one_select_and_creates_no_migration(Kind kind) {
    AtomicInteger created = new AtomicInteger();
    MigrationDefinition[] definitions = new MigrationDefinition[MIGRATIONS];
    StringBuilder fingerprints = new StringBuilder();
    for (int i = 0; i < MIGRATIONS; i++) {
      definitions[i] = MigrationDefinition.of("%04d_m".formatted(i + 1));
      fingerprints.append("%04d_m 1:%1$064x 1:%1$064x\n".formatted(i + 1));
    }
    MigrationRegistry unseen =
        MigrationRegistry.of(
            position -> {
              created.incrementAndGet();
              return h -> {};
            },
            definitions);
    MigrationRegistry seen = unseen.withFingerprints(fingerprints.toString());
    String table = kind == Kind.SQLITE ? "\"main\".migrations" : "migrations";
    try (TestDatabase db = kind.open()) {
      db.runner(seen).maintenance().baseline("%04d_m".formatted(MIGRATIONS));
      assertThat(db.history()).hasSize(MIGRATIONS);
      List<String> calls = new ArrayList<>();

      MigrationRunner.create(counting(db, calls), unseen).up();
      MigrationRunner.create(counting(db, calls), seen).up();

      assertThat(calls)
          .containsExactly(
              "SELECT name FROM %1$s UNION ALL SELECT id FROM %1$s_journal WHERE open_slot = 1"
                  .formatted(table),
              ("SELECT name, '' FROM %1$s UNION ALL SELECT id, '' FROM %1$s_journal"
                      + " WHERE open_slot = 1 UNION ALL SELECT current_of, fingerprint FROM"
                      + " %1$s_journal WHERE current_of IS NOT NULL AND fingerprint IS NOT NULL")
                  .formatted(table));
      assertThat(created).hasValue(0);
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void status_without_tables_sends_at_most_three_selects_more(Kind kind) {
    MigrationRegistry registry = MigrationRegistry.builder().add("001_a", h -> {}).build();
    try (TestDatabase db = kind.open()) {
      List<String> calls = new ArrayList<>();
      assertThat(MigrationRunner.create(counting(db, calls), registry).status().pending())
          .hasSize(1);
      if (kind.hasOwnDialect()) {
        assertThat(calls).hasSizeBetween(2, 4).allMatch(call -> call.startsWith("SELECT "));
      } else { // one statement; the driver is asked where it is, and for the tables there
        assertThat(calls).hasSize(5).startsWith(calls.get(0), "getSchema", "getCatalog");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void a_migration_costs_its_own_statements_and_a_fixed_number_of_ours(Kind kind) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (int i = 1; i <= 3; i++) {
      builder.add("%03d_m".formatted(i), h -> h.execute("insert into t values (1)"));
    }
    MigrationRegistry registry = builder.build();
    try (TestDatabase db = kind.open()) {
      db.execute("create table t (id int)");
      db.runner(registry).upTo("001_m");
      List<String> calls = new ArrayList<>();
      MigrationListener marks =
          new MigrationListener() {
            @Override
            public void beforeMigration(MigrationStep step) {
              calls.add("--");
            }
          };
      MigrationRunner.create(counting(db, calls), registry, db.options().listener(marks).build())
          .up();

      List<String> second =
          calls.subList(calls.indexOf("--") + 1, calls.lastIndexOf("--")).stream()
              .filter(call -> call.contains(" ") || call.equals("commit"))
              .map(CostTest::gist)
              .toList();
      if (kind == Kind.H2) {
        assertThat(second)
            .containsExactly(
                "INSERT journal", // the claim
                "commit",
                "SELECT", // is it still to be done?
                "UPDATE journal", // the witness
                "insert t",
                "UPDATE journal",
                "INSERT migrations",
                "commit",
                "SELECT"); // did it leave the settings as they were?
      } else if (kind.isMySql()) {
        assertThat(second)
            .containsExactly(
                "SELECT", // the sign of life, once in a run
                "INSERT journal", // the claim
                "commit",
                "SELECT", // is it still to be done, and do we give the sign?
                "UPDATE journal", // the witness
                "insert t",
                "UPDATE journal",
                "INSERT migrations",
                "commit",
                "SELECT"); // did it leave the settings as they were?
      } else if (kind == Kind.POSTGRESQL) {
        assertThat(second)
            .containsExactly(
                "SELECT", // in one round trip: are the settings as they were, the lock, the claim
                "insert t",
                "WITH journal", // the end of the attempt and the row of the history
                "commit");
      } else if (!kind.hasOwnDialect()) {
        List<String> expected = new ArrayList<>();
        expected.add("INSERT journal"); // the claim
        if (!kind.claimsInTransaction()) {
          expected.add("commit");
        }
        expected.add("SELECT"); // is it still to be done?
        if (!kind.claimsInTransaction()) {
          expected.add("UPDATE journal"); // the witness
        }
        expected.addAll(List.of("insert t", "UPDATE journal", "INSERT migrations", "commit"));
        assertThat(second).isEqualTo(expected);
      } else {
        assertThat(second)
            .containsExactly(
                "PRAGMA",
                "DELETE migrations", // takes the write lock
                "PRAGMA",
                "INSERT journal",
                "SELECT",
                "insert t",
                "UPDATE journal",
                "INSERT migrations",
                "commit",
                "SELECT",
                "PRAGMA");
      }
    }
  }

  /** A statement by its verb and its table. */
  private static String gist(String sql) {
    String verb = sql.replaceFirst("(?s)\\s.*", "");
    if (sql.startsWith("SELECT") || sql.startsWith("PRAGMA") || sql.equals("commit")) {
      return verb;
    }
    String table =
        sql.contains("migrations_journal")
            ? "journal"
            : sql.contains("migrations") ? "migrations" : "t";
    return verb + " " + table;
  }
}
