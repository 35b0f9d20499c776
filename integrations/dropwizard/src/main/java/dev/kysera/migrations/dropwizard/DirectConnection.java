package dev.kysera.migrations.dropwizard;

import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.PooledDataSourceFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jdbi.v3.core.ConnectionFactory;

/** Connections past the pool, which belongs to the application: one is opened now and then. */
final class DirectConnection implements ConnectionFactory {

  private final PooledDataSourceFactory configuration;

  DirectConnection(PooledDataSourceFactory configuration) {
    this.configuration = configuration;
  }

  @Override
  public Connection openConnection() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(configuration.getProperties());
    if (configuration instanceof DataSourceFactory known) {
      put(properties, "user", known.getUser());
      put(properties, "password", known.getPassword());
    }
    return DriverManager.getConnection(configuration.getUrl(), properties);
  }

  private static void put(
      Properties properties, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }
}
