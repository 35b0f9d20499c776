package dev.kysera.migrations.examples.dropwizard;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.db.DataSourceFactory;

/** Where the database is. */
public final class StockConfiguration extends Configuration {

  @JsonProperty private DataSourceFactory database = new DataSourceFactory();

  /** The pool of the application. */
  public DataSourceFactory getDatabase() {
    return database;
  }
}
