package dev.kysera.migrations.dropwizard;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.PooledDataSourceFactory;
import org.jdbi.v3.core.Jdbi;

/** An application, as it is started by a person. */
public final class TestApplication extends Application<TestApplication.Settings> {

  public static final class Settings extends Configuration {
    @JsonProperty private DataSourceFactory database = new DataSourceFactory();

    public DataSourceFactory getDatabase() {
      return database;
    }
  }

  static final class Bundle extends MigrationsBundle<Settings> {
    @Override
    public PooledDataSourceFactory getDataSourceFactory(Settings settings) {
      return settings.getDatabase();
    }

    @Override
    protected MigrationRunner runner(Jdbi jdbi, MigrationOptions options) {
      MigrationRegistry.Builder registry =
          MigrationRegistry.builder()
              .add(
                  "001_a",
                  h -> h.execute("create table a (id int)"),
                  h -> h.execute("drop table a"))
              .add(
                  "002_b",
                  h -> h.execute("create table b (id int)"),
                  h -> h.execute("drop table b"));
      if (Boolean.getBoolean("failing")) {
        registry.add("003_bad", h -> h.execute("insert into nowhere values (1)"));
      }
      return MigrationRunner.create(jdbi, registry.build(), options);
    }
  }

  public static void main(String[] args) throws Exception {
    new TestApplication().run(args);
  }

  @Override
  public void initialize(Bootstrap<Settings> bootstrap) {
    bootstrap.addBundle(new Bundle());
  }

  @Override
  public void run(Settings settings, Environment environment) {}
}
