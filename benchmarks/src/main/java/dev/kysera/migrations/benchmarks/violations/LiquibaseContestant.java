package dev.kysera.migrations.benchmarks.violations;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.GlobalConfiguration;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Liquibase with change sets in XML, everything but the wait for its lock and the banner as it
 * comes. It tries to get its lock once a second; with less than a minute of patience it tries twice
 * and does not wait, since the lock of a process that is gone stays.
 */
final class LiquibaseContestant implements Contestant {

  private static final String LOCK = "DATABASECHANGELOGLOCK";

  @Override
  public String name() {
    return "liquibase";
  }

  @Override
  public void up(DataSource database, Duration patience) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put(Scope.Attr.ui.name(), new LoggerUIService());
    settings.put(GlobalConfiguration.CHANGELOGLOCK_WAIT_TIME.getKey(), patience.toMinutes());
    settings.put(
        GlobalConfiguration.CHANGELOGLOCK_POLL_RATE.getKey(), Math.min(patience.toMinutes(), 1));
    settings.put(GlobalConfiguration.SHOW_BANNER.getKey(), false);
    settings.put("liquibase.analytics.enabled", false);
    Scope.child(settings, () -> update(database));
  }

  private static void update(DataSource source) throws Exception {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(source.getConnection()));
    try (Liquibase liquibase =
        new Liquibase("violations/changelog.xml", new ClassLoaderResourceAccessor(), database)) {
      liquibase.update(new Contexts());
    }
  }

  @Override
  public History history(Onlooker db) throws SQLException {
    return db.tables("DATABASECHANGELOG") == 0
        ? History.EMPTY
        : new History(
            db.strings("select ID from DATABASECHANGELOG order by ORDEREXECUTED"), List.of());
  }

  @Override
  public String spoken(String name) {
    return name;
  }

  @Override
  public boolean isLocked(Onlooker db) throws SQLException {
    return db.tables(LOCK) > 0
        && !db.strings("select LOCKEDBY from " + LOCK + " where LOCKED").isEmpty();
  }

  @Override
  public void unlock(Onlooker db) throws SQLException {
    db.execute(
        "update " + LOCK + " set LOCKED = false, LOCKGRANTED = null, LOCKEDBY = null where ID = 1");
  }
}
