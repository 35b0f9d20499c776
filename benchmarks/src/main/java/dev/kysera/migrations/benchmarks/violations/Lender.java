package dev.kysera.migrations.benchmarks.violations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Lends connections, and looks in which state they come back. */
final class Lender implements ConnectionFactory {

  private final Server server;
  private final String url;
  private final boolean looking;
  private final List<Connection> lent = new CopyOnWriteArrayList<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();

  /**
   * Creates one for a run.
   *
   * @param looking whether to compare their states; one that is cut in between has none
   */
  Lender(Server server, String url, boolean looking) {
    this.server = server;
    this.url = url;
    this.looking = looking;
  }

  /** What was different when a connection came back. */
  List<String> changes() {
    return changes;
  }

  /** How many have not come back. */
  int missing() {
    return lent.size();
  }

  /** Takes back what is missing, as the end of the process does. */
  void takeBack() throws SQLException {
    for (Connection connection : lent) {
      connection.close();
    }
    lent.clear();
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    lent.add(connection);
    SessionState state = looking ? SessionState.of(connection, server) : null;
    return (Connection)
        Proxy.newProxyInstance(
            Lender.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                close(connection, state);
                return null;
              }
              return invoke(connection, method, arguments);
            });
  }

  private void close(Connection connection, @Nullable SessionState state) throws SQLException {
    try (connection) {
      if (state != null && !connection.isClosed()) {
        changes.addAll(SessionState.of(connection, server).since(state));
      }
    } finally {
      lent.remove(connection);
    }
  }

  private static @Nullable Object invoke(
      Connection connection, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
