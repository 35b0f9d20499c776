package dev.kysera.migrations.benchmarks.violations;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * Flyway with Java migrations that are handed over, everything but {@code lockRetryCount} and the
 * locations to scan, which are none, as it comes.
 */
final class FlywayContestant implements Contestant {

  private static final String TABLE = "flyway_schema_history";

  private static final JavaMigration[] MIGRATIONS =
      Scenario.STEPS.stream().map(Body::new).toArray(JavaMigration[]::new);

  private record Body(Scenario.Step step) implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
      return MigrationVersion.fromVersion(version(step.name()));
    }

    @Override
    public String getDescription() {
      return description(step.name());
    }

    @Override
    public @Nullable Integer getChecksum() {
      return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
      return step.transactional();
    }

    @Override
    public void migrate(Context context) throws SQLException {
      for (String sql : step.statements()) {
        try (Statement statement = context.getConnection().createStatement()) {
          statement.execute(sql);
        }
      }
    }
  }

  private static String version(String name) {
    return String.valueOf(Integer.parseInt(name.substring(0, name.indexOf('_'))));
  }

  private static String description(String name) {
    return name.substring(name.indexOf('_') + 1);
  }

  @Override
  public String name() {
    return "flyway";
  }

  /** It tries to get its lock once a second. */
  @Override
  public void up(DataSource database, Duration patience) {
    Flyway.configure()
        .dataSource(database)
        .locations(new String[0])
        .javaMigrations(MIGRATIONS)
        .lockRetryCount((int) patience.toSeconds())
        .load()
        .migrate();
  }

  @Override
  public History history(Onlooker db) throws SQLException {
    if (db.tables(TABLE) == 0) {
      return History.EMPTY;
    }
    List<String> executed = new ArrayList<>();
    List<History.Attempt> open = new ArrayList<>();
    for (List<String> row :
        db.pairs(
            "select version, case when success then 'yes' else 'no' end from "
                + TABLE
                + " where version is not null order by installed_rank")) {
      String name = Scenario.NAMES.get(Integer.parseInt(row.get(0)) - 1);
      if (row.get(1).equals("yes")) {
        executed.add(name);
      } else {
        open.add(new History.Attempt(name, false));
      }
    }
    return new History(executed, open);
  }

  @Override
  public String spoken(String name) {
    return "version %s (%s)".formatted(version(name), description(name));
  }
}
