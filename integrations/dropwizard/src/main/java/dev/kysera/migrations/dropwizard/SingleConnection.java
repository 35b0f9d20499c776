package dev.kysera.migrations.dropwizard;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.db.ManagedPooledDataSource;
import io.dropwizard.db.PooledDataSourceFactory;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;

/**
 * A pool of its own for the migrations, with the driver, the properties and the first statements of
 * the application's, and one connection, which is opened when it is first needed. The factory of
 * the application stays as it is: the application's own pool comes from it too.
 */
final class SingleConnection {

  private SingleConnection() {}

  /** Only Dropwizard's own pool can be made smaller; another is as large as it is configured. */
  static ManagedDataSource to(PooledDataSourceFactory configuration, String name) {
    // The registry of the application would then have the meters of two pools.
    ManagedDataSource source = configuration.build(new MetricRegistry(), name);
    if (source instanceof ManagedPooledDataSource pool) {
      PoolConfiguration size = pool.getPoolProperties();
      size.setInitialSize(0);
      size.setMinIdle(0);
      size.setMaxIdle(1);
      size.setMaxActive(1);
      size.setTestOnBorrow(true); // between two health checks, the database may have gone
    }
    return source;
  }
}
