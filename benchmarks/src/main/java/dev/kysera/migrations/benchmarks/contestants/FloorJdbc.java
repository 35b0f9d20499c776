package dev.kysera.migrations.benchmarks.contestants;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;

/** No migrations and no JDBI: a connection and one query. */
public final class FloorJdbc implements Contestant {

  @Override
  public void up(DataSource dataSource) throws Exception {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select 1")) {
      row.next();
    }
  }
}
