package dev.kysera.migrations.benchmarks.violations;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A contestant in a class loader of its own: what it keeps in static fields is kept from the others
 * in this JVM, as if it ran in another process.
 */
final class IsolatedTool implements Tool, AutoCloseable {

  private final URLClassLoader loader;
  private final Object contestant;
  private final Method up;

  IsolatedTool(Class<? extends Contestant> type) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    Class<?> isolated = loader.loadClass(type.getName());
    Constructor<?> constructor = isolated.getDeclaredConstructor();
    constructor.setAccessible(true);
    contestant = constructor.newInstance();
    up = isolated.getDeclaredMethod("up", DataSource.class, Duration.class);
    up.setAccessible(true);
  }

  /** Leaves its class loader to the thread. */
  @Override
  public void up(DataSource database, Duration patience) throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    try {
      up.invoke(contestant, database, patience);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
