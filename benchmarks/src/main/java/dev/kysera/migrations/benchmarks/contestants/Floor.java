package dev.kysera.migrations.benchmarks.contestants;

import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** No migrations at all: {@code Jdbi.create}, a handle, and one plain query on its connection. */
public final class Floor implements Contestant {

  @Override
  public void up(DataSource dataSource) throws Exception {
    up(Jdbi.create(dataSource), dataSource);
  }

  @Override
  public void up(Jdbi jdbi, DataSource dataSource) throws Exception {
    try (Handle handle = jdbi.open();
        Statement statement = handle.getConnection().createStatement();
        ResultSet row = statement.executeQuery("select 1")) {
      row.next();
    }
  }
}
