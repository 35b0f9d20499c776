package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.TestDatabase;
import dev.kysera.migrations.TestDatabase.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

class WithoutRisksTest {

  private static final MigrationRegistry REGISTRY =
      MigrationRegistry.builder()
          .add(
              "001_users",
              h -> {
                h.execute("create table users (id int primary key, name text)");
                h.execute("create index users_name on users (name)");
              })
          .add("002_index", h -> h.execute("create index users_id on users (id, name)"))
          .add(
              MigrationDefinition.of("003_concurrently").asNonTransactional(),
              h -> h.execute("create index concurrently users_both on users (name, id)"))
          .add(
              "004_accepted",
              h ->
                  h.execute(
                      "-- risk UnboundedDml accepted: a dozen rows\nupdate users set name = ''"))
          .build();

  @TempDir private Path folder;

  private static Map<String, String> run(Supplier<Stream<DynamicNode>> tests) {
    return DynamicRun.of(tests).results().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> told(entry.getValue())));
  }

  private static String told(TestExecutionResult result) {
    return result.getStatus() == Status.SUCCESSFUL
        ? "ok"
        : result.getStatus() + ": " + result.getThrowable().orElseThrow().getMessage();
  }

  @Test
  void each_migration_is_a_plan_of_its_own() {
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      Map<String, String> results = run(() -> MigrationTests.withoutRisks(REGISTRY, db.jdbi()));

      assertThat(results.values().stream().sorted())
          .containsExactly(
              "ABORTED: 003_concurrently runs outside a transaction, and so is not looked at.",
              """
              FAILED: 002_index would hold up or break an application at work:
              ⚠️ [BlockingIndex] 002_index: Building the index users_id locks users against writes\
               until it is done. CREATE INDEX CONCURRENTLY does not; it needs\
               @Migration(transactional = false). If it is right as it is, say why in a comment of\
               the statement: -- risk BlockingIndex accepted: ...
                create index users_id on users (id, name)
              """,
              "ok",
              "ok");
    }
  }

  @Test
  void what_is_not_released_is_one_plan() throws Exception {
    Path nothingReleased = folder.resolve("none.sum");
    Path oneReleased = folder.resolve("one.sum");
    MigrationRegistry one = MigrationRegistry.builder().add("001_users", h -> {}).build();
    try {
      MigrationTests.sumFileIsCurrent(one, oneReleased);
    } catch (AssertionError written) {
      assertThat(Files.readString(oneReleased)).contains("001_users");
    }
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      assertThat(
              run(() -> MigrationTests.withoutRisks(REGISTRY, db.jdbi(), nothingReleased)).values())
          .hasSize(4)
          .noneMatch(told -> told.startsWith("FAILED"));
    }
    try (TestDatabase db = Kind.POSTGRESQL.open()) {
      assertThat(run(() -> MigrationTests.withoutRisks(REGISTRY, db.jdbi(), oneReleased)).values())
          .hasSize(3)
          .filteredOn(told -> told.startsWith("FAILED"))
          .singleElement()
          .asString()
          .startsWith("FAILED: 002_index would hold up");
    }
  }

  @Test
  void elsewhere_it_is_said_that_there_are_no_rules() {
    try (TestDatabase db = Kind.H2.open()) {
      assertThat(
              run(() ->
                      MigrationTests.withoutRisks(
                          MigrationRegistry.builder().add("001_a", h -> {}).build(), db.jdbi()))
                  .values())
          .containsExactly("ABORTED: There are rules for PostgreSQL only; this database is H2.");
    }
  }
}
