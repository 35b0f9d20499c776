package dev.kysera.migrations.processor;

import com.google.testing.compile.Compilation;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.MigrationDefinition;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import org.jdbi.v3.core.Jdbi;

/** A generated class {@code Migrations}, or a program that uses one, loaded from a compilation. */
final class LoadedMigrations {

  private static final class CompiledClasses extends ClassLoader {

    private final Map<String, JavaFileObject> files = new HashMap<>();
    private final Set<String> loaded = new HashSet<>();

    CompiledClasses(Compilation compilation) {
      super(LoadedMigrations.class.getClassLoader());
      for (JavaFileObject file : compilation.generatedFiles()) {
        if (file.getKind() == Kind.CLASS) {
          String path = file.toUri().getPath().replaceFirst("^/CLASS_OUTPUT/", "");
          files.put(path.replaceFirst("\\.class$", "").replace('/', '.'), file);
        }
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      JavaFileObject file = files.get(name);
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      loaded.add(name);
      try (InputStream in = file.openInputStream()) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private final CompiledClasses classes;
  private final Class<?> type;

  LoadedMigrations(Compilation compilation, String className) throws ReflectiveOperationException {
    classes = new CompiledClasses(compilation);
    type = classes.loadClass(className);
  }

  MigrationRegistry registry() throws ReflectiveOperationException {
    return (MigrationRegistry) type.getMethod("registry").invoke(null);
  }

  MigrationRunner runner(Jdbi jdbi) throws ReflectiveOperationException {
    return (MigrationRunner) type.getMethod("runner", Jdbi.class).invoke(null, jdbi);
  }

  List<MigrationDefinition> definitions() throws ReflectiveOperationException {
    return registry().definitions();
  }

  JdbiMigration create(int position) throws ReflectiveOperationException {
    Method create = type.getDeclaredMethod("create", int.class);
    create.setAccessible(true);
    return (JdbiMigration) create.invoke(null, position);
  }

  /** Runs the program and returns what it prints. */
  String print(String... arguments) throws ReflectiveOperationException {
    PrintStream original = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      type.getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(original);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  Set<String> loadedClasses() {
    return Set.copyOf(classes.loaded);
  }
}
