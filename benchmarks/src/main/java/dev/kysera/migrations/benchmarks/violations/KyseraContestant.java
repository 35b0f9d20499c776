package dev.kysera.migrations.benchmarks.violations;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** This project, with everything but {@code lockTimeout} and {@code logger} as it comes. */
final class KyseraContestant implements Contestant {

  private static final MigrationRegistry REGISTRY = registry();

  private static MigrationRegistry registry() {
    MigrationRegistry.Builder registry = MigrationRegistry.builder();
    for (Scenario.Step step : Scenario.STEPS) {
      MigrationDefinition definition = MigrationDefinition.of(step.name());
      JdbiMigration body = handle -> step.statements().forEach(handle::execute);
      registry.add(step.transactional() ? definition : definition.asNonTransactional(), body);
    }
    return registry.build();
  }

  @Override
  public String name() {
    return "kysera";
  }

  @Override
  public void up(DataSource database, Duration patience) {
    MigrationOptions options =
        MigrationOptions.builder().logger(line -> {}).lockTimeout(patience).build();
    MigrationRunner.create(Jdbi.create(database), REGISTRY, options).up();
  }

  @Override
  public History history(Onlooker db) throws SQLException {
    List<String> executed =
        db.tables("migrations") == 0
            ? List.of()
            : db.strings("select name from migrations order by name");
    List<History.Attempt> open =
        db.tables("migrations_journal") == 0
            ? List.of()
            : db
                .pairs("select name, phase from migrations_journal where open_slot is not null")
                .stream()
                .map(row -> new History.Attempt(row.get(0), row.get(1).equals("CLEAN")))
                .toList();
    return new History(executed, open);
  }

  @Override
  public String spoken(String name) {
    return name;
  }
}
