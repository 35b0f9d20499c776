package dev.kysera.migrations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Hands out connections that count every call on them and on their statements, and strikes before
 * or after the n-th one.
 */
final class FaultyJdbc implements ConnectionFactory {

  /** What happens at the n-th call. */
  enum Fault {
    /** The process is gone: its connections are cut, and nothing it does reaches the database. */
    KILL,
    /** The connection is cut; the process goes on and can open another one. */
    LOSE,
    /** The call alone fails. */
    REFUSE,
    /** The Java virtual machine halts, for a process of its own. */
    HALT
  }

  private static final Set<String> HARMLESS =
      Set.of("equals", "hashCode", "toString", "isClosed", "unwrap", "isWrapperFor");

  private final ConnectionFactory target;
  private final Fault fault;
  private final int strikeAt;
  private final boolean before;
  private final CopyOnWriteArrayList<Connection> open = new CopyOnWriteArrayList<>();
  private int calls;
  private boolean dead;
  private boolean struck;

  /**
   * Wraps connections.
   *
   * @param strikeAt the call to strike at, counted from 1; 0 never strikes
   * @param before whether to strike before the call is made, or after
   */
  FaultyJdbc(ConnectionFactory target, Fault fault, int strikeAt, boolean before) {
    this.target = target;
    this.fault = fault;
    this.strikeAt = strikeAt;
    this.before = before;
  }

  int calls() {
    return calls;
  }

  boolean hasStruck() {
    return struck;
  }

  @Override
  public Connection openConnection() throws SQLException {
    requireAlive();
    Connection connection = target.openConnection();
    open.add(connection);
    return wrap(Connection.class, connection, connection);
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    connection.close();
  }

  private void requireAlive() throws SQLException {
    if (dead) {
      throw new SQLException("the process is gone");
    }
  }

  @SuppressWarnings("unchecked")
  private <T> T wrap(Class<T> type, T object, Connection owner) {
    return (T)
        Proxy.newProxyInstance(
            FaultyJdbc.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(object, owner, method, arguments));
  }

  private Object call(Object object, Connection owner, Method method, Object[] arguments)
      throws Throwable {
    if (HARMLESS.contains(method.getName())) {
      return invoke(object, method, arguments);
    }
    requireAlive();
    calls++;
    boolean strike = calls == strikeAt;
    if (strike && before) {
      strike(owner);
    }
    Object result = invoke(object, method, arguments);
    if (strike && !before) {
      strike(owner);
    }
    if (result instanceof PreparedStatement statement) {
      return wrap(PreparedStatement.class, statement, owner);
    }
    if (result instanceof Statement statement) {
      return wrap(Statement.class, statement, owner);
    }
    return result;
  }

  private static Object invoke(Object object, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void strike(Connection owner) throws SQLException {
    struck = true;
    switch (fault) {
      case HALT -> Runtime.getRuntime().halt(9);
      case KILL -> {
        dead = true;
        for (Connection connection : open) {
          cut(connection);
        }
      }
      case LOSE -> cut(owner);
      case REFUSE -> {}
    }
    throw new SQLException("struck at call " + strikeAt);
  }

  /** Derby does not close a connection in a transaction, which ends with a real process. */
  private static void cut(Connection connection) throws SQLException {
    try {
      connection.close();
    } catch (SQLException e) {
      if (!"25001".equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback();
      connection.close();
    }
  }
}
