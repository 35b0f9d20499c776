package dev.kysera.migrations.internal.recording;

import dev.kysera.migrations.internal.sql.SqlLiteral;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A statement of any kind under a {@link Recorder}: what is bound to it and when it is sent. */
final class WatchedStatement implements InvocationHandler {

  private static final Set<String> CHANGES_BY_ROW = Set.of("insertRow", "updateRow", "deleteRow");

  private final Statement statement;
  private final String prepared;
  private final Object connection;
  private final Recorder recorder;

  private final TreeMap<String, @Nullable Object> parameters = new TreeMap<>();
  private final List<List<@Nullable Object>> batch = new ArrayList<>();
  private final List<String> rendered = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private @Nullable Recorded last;

  private WatchedStatement(
      Statement statement, String prepared, Object connection, Recorder recorder) {
    this.statement = statement;
    this.prepared = prepared;
    this.connection = connection;
    this.recorder = recorder;
  }

  /**
   * Wraps a statement.
   *
   * @param type the interface that its user expects
   * @param prepared its text, empty if it gets one with each execution
   * @param connection what its user takes for its connection
   */
  static Object around(
      Class<? extends Statement> type,
      @Nullable Statement statement,
      String prepared,
      Object connection,
      Recorder recorder) {
    if (statement == null) {
      throw new IllegalStateException("the driver gave no statement");
    }
    return Proxy.newProxyInstance(
        WatchedStatement.class.getClassLoader(),
        new Class<?>[] {type},
        new WatchedStatement(statement, prepared, connection, recorder));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.startsWith("execute")) {
      return recorder.isRecording() ? recorded(proxy, method, arguments) : call(method, arguments);
    }
    if (name.startsWith("set") && arguments != null && arguments.length > 1) {
      return bind(method, arguments);
    }
    return switch (name) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "getConnection" -> connection;
      case "addBatch" -> {
        Object nothing = call(method, arguments);
        addBatch(arguments);
        yield nothing;
      }
      case "clearBatch" -> {
        clearBatch();
        yield call(method, arguments);
      }
      case "clearParameters" -> {
        parameters.clear();
        yield call(method, arguments);
      }
      case "getResultSet" -> counted(proxy, call(method, arguments), last);
      case "getGeneratedKeys" -> counted(proxy, call(method, arguments), null);
      default -> call(method, arguments);
    };
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(statement, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  // --- what is bound

  private @Nullable Object bind(Method method, Object[] arguments) throws Throwable {
    Object[] passed = arguments.clone();
    Object value = method.getName().equals("setNull") ? null : arguments[1];
    if (recorder.isRecording()) {
      if (value instanceof InputStream stream) {
        byte[] bytes = bytes(stream, arguments);
        value = bytes;
        passed[1] = new ByteArrayInputStream(bytes);
      } else if (value instanceof Reader reader) {
        String text = text(reader, arguments);
        value = text;
        passed[1] = new StringReader(text);
      }
    }
    Object nothing = call(method, passed);
    parameters.put(key(arguments[0]), value);
    return nothing;
  }

  /** Positions in their order, before names. */
  private static String key(Object parameter) {
    return parameter instanceof Integer position ? "%010d".formatted(position) : "x" + parameter;
  }

  /** A stream can be read once: what is in it is kept for both. */
  private static byte[] bytes(InputStream stream, Object[] arguments) throws IOException {
    long length = length(arguments);
    return length < 0
        ? stream.readAllBytes()
        : stream.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
  }

  private static String text(Reader reader, Object[] arguments) throws IOException {
    StringWriter text = new StringWriter();
    reader.transferTo(text);
    long length = length(arguments);
    String all = text.toString();
    return length < 0 || length >= all.length() ? all : all.substring(0, (int) length);
  }

  private static long length(Object[] arguments) {
    return arguments.length > 2 && arguments[2] instanceof Number length ? length.longValue() : -1;
  }

  private List<@Nullable Object> bound() {
    return Collections.unmodifiableList(new ArrayList<>(parameters.values()));
  }

  private void addBatch(Object @Nullable [] arguments) {
    if (arguments != null) {
      texts.add(String.valueOf(arguments[0]));
    } else {
      batch.add(bound());
      rendered.addAll(renderedByDriver());
    }
  }

  private void clearBatch() {
    batch.clear();
    rendered.clear();
    texts.clear();
  }

  /** Asked only where the values alone do not say what is sent. */
  private List<String> renderedByDriver() {
    if (parameters.isEmpty()
        || (!(statement instanceof java.sql.CallableStatement)
            && parameters.values().stream().allMatch(SqlLiteral::isKnown))) {
      return List.of();
    }
    try {
      return List.of(String.valueOf(statement.unwrap(PreparedStatement.class)));
    } catch (SQLException | RuntimeException e) {
      return List.of();
    }
  }

  // --- what is sent

  private @Nullable Object recorded(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    boolean isBatch = method.getName().endsWith("Batch");
    boolean isPrepared = !prepared.isEmpty();
    List<String> sqls = new ArrayList<>();
    List<List<@Nullable Object>> values = new ArrayList<>();
    List<String> byDriver = new ArrayList<>();
    if (isBatch && prepared.isEmpty()) {
      sqls.addAll(texts);
    } else if (isBatch) {
      sqls.add(prepared);
      values.addAll(batch);
      byDriver.addAll(rendered);
    } else if (arguments != null) {
      sqls.add(String.valueOf(arguments[0]));
    } else {
      sqls.add(prepared);
      if (!parameters.isEmpty()) {
        values.add(bound());
        byDriver.addAll(renderedByDriver());
      }
    }
    recorder.requireAllowed(sqls);
    String sql = String.join(";\n", sqls);
    long start = System.nanoTime();
    try {
      Object answer = call(method, arguments);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      last =
          recorder.add(
              new Sent(
                  sql, isPrepared, values, byDriver, duration, changed(answer), Optional.empty()));
      return counted(proxy, answer, last);
    } catch (Throwable e) {
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      recorder.add(new Sent(sql, isPrepared, values, byDriver, duration, -1, Optional.of(e)));
      throw e;
    } finally {
      if (isBatch) {
        clearBatch();
      }
    }
  }

  /** The rows that were changed, negative where that is not known. */
  private long changed(@Nullable Object answer) throws SQLException {
    if (answer instanceof Integer count) {
      return count;
    }
    if (answer instanceof Long count) {
      return count;
    }
    if (answer instanceof int[] counts) {
      long sum = 0;
      for (int count : counts) {
        sum = count < 0 || sum < 0 ? -1 : sum + count;
      }
      return sum;
    }
    if (answer instanceof long[] counts) {
      long sum = 0;
      for (long count : counts) {
        sum = count < 0 || sum < 0 ? -1 : sum + count;
      }
      return sum;
    }
    return Boolean.FALSE.equals(answer) ? statement.getUpdateCount() : -1;
  }

  /** Counts the rows that are read, if the answer is some. */
  private @Nullable Object counted(
      Object proxy, @Nullable Object answer, @Nullable Recorded recorded) {
    if (!(answer instanceof ResultSet rows)) {
      return answer;
    }
    if (recorded != null) {
      recorded.returnsRows();
    }
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getName().equals("getStatement")) {
            return proxy;
          }
          if (CHANGES_BY_ROW.contains(method.getName())) {
            recorder.requireAllowed(List.of());
            recorder.remark("changes rows through a result set: they are changed, but not listed");
          }
          try {
            Object value = method.invoke(rows, arguments);
            if (recorded != null && method.getName().equals("next") && Boolean.TRUE.equals(value)) {
              recorded.countRow();
            }
            return value;
          } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
          }
        };
    return Proxy.newProxyInstance(
        WatchedStatement.class.getClassLoader(), new Class<?>[] {ResultSet.class}, handler);
  }
}
