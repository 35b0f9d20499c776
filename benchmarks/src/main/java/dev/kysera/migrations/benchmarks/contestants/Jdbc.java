package dev.kysera.migrations.benchmarks.contestants;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The least that can be done: one query for the names, each name of the code looked up, and for a
 * pending one its statement and one row of history in a transaction. No lock, and no journal.
 */
public abstract class Jdbc implements Contestant {

  /** The names in the code, in their order. */
  protected abstract String[] names();

  /** The statement of the migration at a position. */
  protected abstract String body(int position);

  @Override
  public final void up(DataSource dataSource) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      Set<String> executed = executed(connection);
      String[] names = names();
      for (int i = 0; i < names.length; i++) {
        if (!executed.contains(names[i])) {
          run(connection, names[i], body(i));
        }
      }
    }
  }

  private static Set<String> executed(Connection connection) throws SQLException {
    Set<String> executed = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select name from migrations")) {
      while (row.next()) {
        executed.add(row.getString(1));
      }
    }
    return executed;
  }

  private static void run(Connection connection, String name, String body) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement("insert into migrations (name) values (?)")) {
      statement.execute(body);
      insert.setString(1, name);
      insert.executeUpdate();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
