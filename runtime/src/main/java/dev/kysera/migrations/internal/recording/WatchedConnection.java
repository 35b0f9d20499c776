package dev.kysera.migrations.internal.recording;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection under a {@link Recorder}: JDBI and raw JDBC alike go through it. */
final class WatchedConnection implements InvocationHandler {

  private final Object target;
  private final Connection connection;
  private final Recorder recorder;

  private WatchedConnection(Object target, Connection connection, Recorder recorder) {
    this.target = target;
    this.connection = connection;
    this.recorder = recorder;
  }

  static Connection around(Connection connection, Recorder recorder) {
    return (Connection)
        Proxy.newProxyInstance(
            WatchedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new WatchedConnection(connection, connection, recorder));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "createStatement" ->
          WatchedStatement.around(
              Statement.class, (Statement) call(method, arguments), "", proxy, recorder);
      case "prepareStatement" ->
          WatchedStatement.around(
              PreparedStatement.class,
              prepared(method, arguments),
              text(arguments),
              proxy,
              recorder);
      case "prepareCall" ->
          WatchedStatement.around(
              CallableStatement.class,
              prepared(method, arguments),
              text(arguments),
              proxy,
              recorder);
      case "getMetaData" -> metaData(connection.getMetaData(), proxy);
      case "commit", "abort" -> guarded(method, arguments, "calls Connection." + method.getName());
      case "rollback" ->
          arguments == null
              ? guarded(method, null, "calls Connection.rollback")
              : savepoint("ROLLBACK TO SAVEPOINT ", method, arguments);
      case "setSavepoint" -> savepoint("SAVEPOINT ", method, arguments);
      case "releaseSavepoint" -> savepoint("RELEASE SAVEPOINT ", method, arguments);
      case "setAutoCommit" ->
          arguments != null && arguments[0].equals(connection.getAutoCommit())
              ? null
              : guarded(method, arguments, "calls Connection.setAutoCommit");
      case "close" -> close(method);
      case "setSchema", "setCatalog" -> setting(method, arguments);
      case "unwrap" -> unwrapped(proxy, (Class<?>) argument(arguments));
      default -> call(method, arguments);
    };
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Some databases refuse a statement when it is prepared, others when it is executed. */
  private @Nullable Statement prepared(Method method, Object @Nullable [] arguments)
      throws Throwable {
    long start = System.nanoTime();
    try {
      return (Statement) call(method, arguments);
    } catch (SQLException e) {
      if (recorder.isRecording()) {
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        recorder.add(
            new Sent(text(arguments), true, List.of(), List.of(), duration, -1, Optional.of(e)));
      }
      throw e;
    }
  }

  private @Nullable Object guarded(Method method, Object @Nullable [] arguments, String what)
      throws Throwable {
    if (recorder.isGuarding()) {
      throw recorder.refuse(what);
    }
    return call(method, arguments);
  }

  /** A connection that is closed with an open transaction may commit: JDBC leaves that open. */
  private @Nullable Object close(Method method) throws Throwable {
    if (recorder.isGuarding() && !connection.isClosed()) {
      var refusal = recorder.refuse("closes its connection");
      connection.rollback();
      connection.close();
      throw refusal;
    }
    return call(method, null);
  }

  private @Nullable Object savepoint(String verb, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return sentByDriver(
        method,
        arguments,
        answer -> verb + nameOf((Savepoint) (answer == null ? argument(arguments) : answer)));
  }

  private static String nameOf(Savepoint savepoint) {
    try {
      return savepoint.getSavepointName();
    } catch (SQLException e) {
      try {
        return "savepoint_" + savepoint.getSavepointId();
      } catch (SQLException nameless) {
        return "savepoint";
      }
    }
  }

  private @Nullable Object setting(Method method, Object @Nullable [] arguments) throws Throwable {
    return sentByDriver(method, arguments, nothing -> enter(method.getName(), text(arguments)));
  }

  /** What makes unqualified names resolve in that schema, or that database. */
  private String enter(String method, String name) {
    boolean catalog = method.equals("setCatalog");
    return switch (recorder.syntax()) {
      case POSTGRESQL ->
          catalog ? "" : "SET SESSION search_path TO '" + name.replace("'", "''") + "'";
      case MYSQL -> catalog ? "USE `" + name.replace("`", "``") + "`" : "";
      case SQLITE -> "";
      case STANDARD -> catalog ? "" : "SET SCHEMA \"" + name.replace("\"", "\"\"") + "\"";
    };
  }

  /** The driver sends a statement of its own for it, which belongs among the others. */
  private @Nullable Object sentByDriver(
      Method method, Object @Nullable [] arguments, Function<@Nullable Object, String> statement)
      throws Throwable {
    if (!recorder.isRecording()) {
      return call(method, arguments);
    }
    recorder.requireAllowed(List.of());
    long start = System.nanoTime();
    Object answer = call(method, arguments);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    String sql = statement.apply(answer);
    if (!sql.isEmpty()) {
      recorder.add(new Sent(sql, false, List.of(), List.of(), duration, 0, Optional.empty()));
    }
    return answer;
  }

  private static Object argument(Object @Nullable [] arguments) {
    if (arguments == null) {
      throw new IllegalArgumentException("no argument");
    }
    return arguments[0];
  }

  private static String text(Object @Nullable [] arguments) {
    return String.valueOf(argument(arguments));
  }

  /** A driver's connection knows statements that are not SQL. They are not seen, but guarded. */
  private @Nullable Object unwrapped(Object proxy, Class<?> type) throws Throwable {
    if (type == Connection.class && recorder.isRecording()) {
      return proxy;
    }
    Object inner = connection.unwrap(type);
    if (!recorder.isRecording()) {
      return inner;
    }
    if (recorder.isGuarding() && !type.isInterface()) {
      throw recorder.refuse("unwraps the " + type.getSimpleName() + " of the driver");
    }
    recorder.remark(
        "uses the driver's own " + type.getName() + ": what that sends is done, but not listed");
    if (!(inner instanceof Connection driver) || !type.isInterface()) {
      return inner;
    }
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type, Connection.class},
        new WatchedConnection(inner, driver, recorder));
  }

  /** The catalog leads back to the connection, and must not lead past the recorder. */
  private static Object metaData(DatabaseMetaData catalog, Object connection) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            return connection;
          }
          try {
            return method.invoke(catalog, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          }
        };
    return Proxy.newProxyInstance(
        WatchedConnection.class.getClassLoader(), new Class<?>[] {DatabaseMetaData.class}, handler);
  }
}
