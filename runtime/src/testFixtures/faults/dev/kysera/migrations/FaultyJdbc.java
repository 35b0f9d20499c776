package dev.kysera.migrations;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Hands out connections that count every call on them and on their statements, and strikes before
 * or after the n-th one.
 */
public final class FaultyJdbc implements ConnectionFactory {

  /** What happens at the n-th call. */
  public enum Fault {
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
      Set.of("hashCode", "toString", "isClosed", "unwrap", "isWrapperFor");

  private static final Set<String> HEARD_OF_CONNECTIONS =
      Set.of(
          "close",
          "commit",
          "rollback",
          "setAutoCommit",
          "setCatalog",
          "setReadOnly",
          "setSchema",
          "setTransactionIsolation");

  private final ConnectionFactory target;
  private final Fault fault;
  private final int strikeAt;
  private final boolean before;
  private final CopyOnWriteArrayList<Connection> open = new CopyOnWriteArrayList<>();
  private final List<Integer> heard = new ArrayList<>();
  private int calls;
  private boolean dead;
  private String struck = "";

  /**
   * Wraps connections.
   *
   * @param strikeAt the call to strike at, counted from 1; 0 never strikes
   * @param before whether to strike before the call is made, or after
   */
  public FaultyJdbc(ConnectionFactory target, Fault fault, int strikeAt, boolean before) {
    this.target = target;
    this.fault = fault;
    this.strikeAt = strikeAt;
    this.before = before;
  }

  /** How many calls were made. */
  public int calls() {
    return calls;
  }

  /**
   * Which of the calls the server heard of, counted from 1. Before any other one, it is in the state
   * in which it is before the next of these.
   */
  public List<Integer> heard() {
    return List.copyOf(heard);
  }

  public boolean hasStruck() {
    return !struck.isEmpty();
  }

  /** The call that was struck, with its SQL where the driver tells; empty before that. */
  public String struck() {
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
            (proxy, method, arguments) ->
                method.getName().equals("equals")
                    ? Boolean.valueOf(proxy == arguments[0])
                    : call(object, owner, method, arguments));
  }

  private @Nullable Object call(
      Object object, Connection owner, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (HARMLESS.contains(method.getName())) {
      return invoke(object, method, arguments);
    }
    requireAlive();
    calls++;
    if (isHeard(object, method)) {
      heard.add(calls);
    }
    boolean strike = calls == strikeAt;
    if (strike && before) {
      struck = describe(object, method, arguments);
      strike(owner);
    }
    Object result = invoke(object, method, arguments);
    if (strike && !before) {
      struck = describe(object, method, arguments);
      strike(owner);
    }
    if (result instanceof CallableStatement statement) {
      return wrap(CallableStatement.class, statement, owner);
    }
    if (result instanceof PreparedStatement statement) {
      return wrap(PreparedStatement.class, statement, owner);
    }
    if (result instanceof Statement statement) {
      return wrap(Statement.class, statement, owner);
    }
    return result;
  }

  private static boolean isHeard(Object object, Method method) {
    return object instanceof Connection
        ? HEARD_OF_CONNECTIONS.contains(method.getName())
        : method.getName().startsWith("execute");
  }

  private static String describe(Object object, Method method, Object @Nullable [] arguments) {
    String call = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    if (arguments != null) {
      return call + Arrays.toString(arguments);
    }
    return object instanceof Statement statement ? call + " of " + statement : call;
  }

  private static @Nullable Object invoke(
      Object object, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void strike(Connection owner) throws SQLException {
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
