package dev.kysera.migrations;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntFunction;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The start of an application in a JVM of its own: opens a handle and asks one question by plain
 * JDBC, and then, if it is told so, goes up.
 */
final class StartProgram {

  static final String FLOOR = "floor";
  static final String UP = "up";

  private StartProgram() {}

  /** Takes the URL, and what to do. */
  public static void main(String[] arguments) throws SQLException {
    Jdbi jdbi = Jdbi.create(new Connections(arguments[0]));
    ask(jdbi);
    if (arguments[1].equals(UP)) {
      Start.up(jdbi);
    } else {
      ask(jdbi);
    }
  }

  private static void ask(Jdbi jdbi) throws SQLException {
    try (Handle handle = jdbi.open();
        Statement statement = handle.getConnection().createStatement();
        ResultSet row = statement.executeQuery("select 1")) {
      row.next();
    }
  }

  private record Connections(String url) implements ConnectionFactory {
    @Override
    public Connection openConnection() throws SQLException {
      return DriverManager.getConnection(url);
    }
  }

  /** What is loaded for the start itself. */
  static final class Start {

    private Start() {}

    static void up(Jdbi jdbi) {
      MigrationRunner.create(jdbi, registry()).up();
    }

    static MigrationRegistry registry() {
      MigrationDefinition[] definitions = new MigrationDefinition[100];
      StringBuilder fingerprints = new StringBuilder();
      for (int i = 0; i < definitions.length; i++) {
        String name = (i + 1001) + "_m";
        definitions[i] = MigrationDefinition.of(name);
        fingerprints.append(name).append(" 1:").append(i).append(" 1:d").append(i).append('\n');
      }
      return MigrationRegistry.of(new Factory(), definitions)
          .withFingerprints(fingerprints.toString());
    }
  }

  private static final class Factory implements IntFunction<JdbiMigration> {
    @Override
    public JdbiMigration apply(int position) {
      return new Nothing();
    }
  }

  /** A migration, which a start with nothing pending does not load. */
  static final class Nothing implements JdbiMigration {
    @Override
    public void up(Handle handle) {}

    @Override
    public void down(Handle handle) {}
  }
}
