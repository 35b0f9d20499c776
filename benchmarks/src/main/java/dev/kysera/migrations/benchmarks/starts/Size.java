package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.Figure;
import dev.kysera.migrations.benchmarks.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The jars that a user adds besides the driver and JDBI, with what JDBI itself brings. */
public final class Size implements Measurement {

  private static final double BYTES_PER_KIB = 1024;

  @Override
  public String name() {
    return "size";
  }

  @Override
  public List<Figure> measure() throws Exception {
    ClassPaths paths = ClassPaths.read();
    Samples samples = new Samples(name(), "-", 0);
    Set<String> there =
        paths.closure(List.of("org.jdbi:jdbi3-core", "org.slf4j:slf4j-nop"), Set.of());
    for (Entrant entrant :
        List.of(
            Entrant.KYSERA,
            Entrant.FLYWAY_SQL,
            Entrant.LIQUIBASE_XML,
            Entrant.MYBATIS,
            Entrant.EBEAN)) {
      Set<String> added = paths.closure(entrant.artifacts(), there);
      double bytes = 0;
      for (String artifact : added) {
        Path jar = paths.path(artifact);
        if (!Files.isRegularFile(jar)) {
          throw new IllegalStateException(jar + " is not packaged");
        }
        bytes += (double) Files.size(jar);
      }
      samples.add(0, entrant.title(), "jars", "", added.size());
      samples.add(0, entrant.title(), "bytes", "KiB", bytes / BYTES_PER_KIB);
    }
    return samples.figures();
  }
}
