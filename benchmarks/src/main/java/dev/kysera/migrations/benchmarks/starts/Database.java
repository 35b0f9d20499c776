package dev.kysera.migrations.benchmarks.starts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database to measure on.
 *
 * @param kind the name in the figures
 * @param driver the artifact of its driver
 * @param url where it is
 * @param preparationUrl where it is for work that is not measured and need not be durable
 */
record Database(String kind, String driver, String url, String preparationUrl) {

  static final String H2 = "h2";
  static final String SQLITE = "sqlite";

  /** Creates an empty one in a file. */
  static Database file(String kind, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(kind + "-" + name);
    for (String ending : new String[] {"", ".mv.db"}) {
      Files.deleteIfExists(Path.of(file + ending));
    }
    String url = kind.equals(H2) ? "jdbc:h2:file:" + file : "jdbc:sqlite:" + file;
    return new Database(
        kind, kind.equals(H2) ? "com.h2database:h2" : "org.xerial:sqlite-jdbc", url, url);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(preparationUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(preparationUrl);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
