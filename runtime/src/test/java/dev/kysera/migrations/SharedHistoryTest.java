package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kysera.migrations.TestDatabase.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two modules whose migrations are in one table. */
class SharedHistoryTest {

  private static final MigrationRegistry BILLING = registry("001_bills", "004_taxes");

  private static final MigrationRegistry USERS =
      registry("002_users", "003_roles")
          .sharingHistoryWith(SharedHistoryTest::billing)
          .sharingHistoryWith(List::of);

  private static MigrationRegistry registry(String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    for (String name : names) {
      String table = name.substring(4);
      builder.add(
          name,
          h -> h.execute("create table " + table + " (id int)"),
          h -> h.execute("drop table " + table));
    }
    return builder.build();
  }

  private static List<MigrationDefinition> billing() {
    return BILLING.definitions();
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void verbs_of_a_module_leave_the_rows_of_the_other_alone(Kind kind) {
    try (TestDatabase db = kind.open()) {
      MigrationRunner users = db.runner(USERS);
      MigrationRunner billing = db.runner(BILLING.sharingHistoryWith(() -> USERS.definitions()));

      assertThat(billing.up().completed()).containsExactly("001_bills", "004_taxes");
      assertThat(users.plan().steps()).extracting(MigrationStep::name).hasSize(2);
      assertThat(users.up().completed()).containsExactly("002_users", "003_roles");
      db.takeLines();
      users.check();
      assertThat(users.up().completed()).isEmpty();
      assertThat(billing.up().completed()).isEmpty();
      assertThat(db.lines()).noneMatch(line -> line.contains("⚠️"));
      assertThat(users.executedMigrations()).containsExactly("002_users", "003_roles");
      assertThat(users.status().unknown()).isEmpty();
      assertThat(users.status().executed()).hasSize(2);
      assertThat(users.status().pending()).isEmpty();

      assertThat(users.redo().completed()).containsExactly("003_roles", "003_roles");
      assertThat(users.down().completed()).containsExactly("003_roles");
      assertThat(users.reset().completed()).containsExactly("002_users");
      assertThat(db.hasTable("bills")).isTrue();
      assertThat(billing.executedMigrations()).containsExactly("001_bills", "004_taxes");
      assertThat(users.maintenance().baseline("002_users").outcomes()).hasSize(1);
      assertThat(billing.down().completed()).containsExactly("004_taxes");
      assertThat(users.executedMigrations()).containsExactly("002_users");
    }
  }

  @ParameterizedTest
  @MethodSource(Kind.MATRIX)
  void module_that_does_not_know_the_other_stops_at_its_rows(Kind kind) {
    try (TestDatabase db = kind.open()) {
      db.runner(USERS).up();

      assertThatThrownBy(db.runner(BILLING)::up)
          .isInstanceOf(InconsistentHistoryException.class)
          .hasMessageContaining("002_users");
    }
  }
}
