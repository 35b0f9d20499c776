package dev.kysera.migrations.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.TestDatabase;
import dev.kysera.migrations.TestDatabase.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fifty migrations on each database: the wrong ones are found, the right ones never blamed. */
class FiftyTest {

  private static final String DOWN = " > down restores the schema";
  private static final String AGAIN = " > up again gives the same schema";

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void none_of_the_right_ones_is_called_wrong(Kind kind) {
    Planted planted = Planted.fifty(kind);
    DynamicRun run = trial(kind, planted.registry(List.of()));

    assertThat(run.failed()).as(run.texts()).isEmpty();
    assertThat(run.aborted()).as(run.texts()).isEmpty();
    assertThat(run.successful()).hasSize(50 * 3 + 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void all_wrong_at_once_are_found(Kind kind) {
    Planted planted = Planted.fifty(kind);

    finds(kind, planted, planted.names());
  }

  /** One after the other alone; all of them with {@code -Dkysera.trials.all=true}. */
  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void one_wrong_one_is_found_and_no_other(Kind kind) {
    Planted planted = Planted.fifty(kind);
    List<String> names = planted.names();
    int every = Boolean.getBoolean("kysera.trials.all") ? 1 : 25;
    for (int i = kind.ordinal() % every; i < names.size(); i += every) {
      finds(kind, planted, List.of(names.get(i)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"H2", "SQLITE", "POSTGRESQL", "MARIADB"})
  void the_hard_ones_are_judged_as_well(Kind kind) {
    Planted planted = Planted.hard(kind);
    DynamicRun right = trial(kind, planted.registry(List.of()));

    assertThat(right.failed()).as(right.texts()).isEmpty();
    assertThat(right.aborted()).as(right.texts()).isEmpty();
    finds(kind, planted, planted.names());
    int every = Boolean.getBoolean("kysera.trials.all") ? 1 : 4;
    for (int i = kind.ordinal() % every; i < planted.names().size(); i += every) {
      finds(kind, planted, List.of(planted.names().get(i)));
    }
  }

  private static void finds(Kind kind, Planted planted, List<String> wrong) {
    DynamicRun run = trial(kind, planted.registry(wrong));

    assertThat(run.failed())
        .as(run.texts())
        .containsExactlyElementsOf(wrong.stream().map(name -> name + DOWN).toList());
    List<String> undecided = new ArrayList<>(wrong.stream().map(name -> name + AGAIN).toList());
    undecided.add("all migrations > down to empty");
    undecided.add("all migrations > up again");
    assertThat(run.aborted()).as(run.texts()).containsExactlyElementsOf(undecided);
    assertThat(run.successful()).hasSize(planted.names().size() * 3 + 3 - 2 * wrong.size() - 2);
    for (String name : wrong) {
      assertThat(run.message(name + DOWN))
          .startsWith("The down of " + name + " does not restore what was before it")
          .containsPattern("(?m)^([-+] |rows of )");
    }
  }

  /** One connection, since opening them takes longer than all the rest. */
  private static DynamicRun trial(Kind kind, MigrationRegistry registry) {
    try (TestDatabase db = kind.open()) {
      return db.jdbi()
          .withHandle(
              handle ->
                  DynamicRun.of(
                      () -> MigrationTests.all(registry, Jdbi.create(handle.getConnection()))));
    }
  }
}
