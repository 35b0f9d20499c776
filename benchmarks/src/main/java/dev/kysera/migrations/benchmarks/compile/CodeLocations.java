package dev.kysera.migrations.benchmarks.compile;

import com.palantir.javapoet.JavaFile;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.annotation.Migration;
import io.leangen.geantyref.TypeToken;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/** The jars and folders that a measured process gets, and no others. */
final class CodeLocations {

  /** The measured processes themselves. */
  static final List<Path> BENCHMARKS = of(CompilerProcess.class);

  /** What a user compiles migrations with. */
  static final List<Path> RUNTIME =
      of(
          Migration.class,
          MigrationRunner.class,
          Jdbi.class,
          TypeToken.class,
          Logger.class,
          NOPServiceProvider.class);

  /** The annotation processor path of a user. */
  static final List<Path> PROCESSOR = of(processor(), Migration.class, JavaFile.class);

  private CodeLocations() {}

  /** By its name, since its own annotations are unknown outside its build. */
  private static Class<?> processor() {
    try {
      return Class.forName("dev.kysera.migrations.processor.MigrationProcessor");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> of(Class<?>... classes) {
    return Stream.of(classes)
        .map(
            type -> URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .map(Path::of)
        .toList();
  }

  static List<Path> and(List<Path> some, List<Path> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  static String joined(List<Path> locations) {
    return locations.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
