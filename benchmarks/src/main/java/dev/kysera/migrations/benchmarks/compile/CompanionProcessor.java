package dev.kysera.migrations.benchmarks.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * The other design: a class beside each migration, with its fingerprint and its factory, which a
 * build tool may keep while the migration does not change, and classes that list them. No rule is
 * checked and nothing is hashed, so it costs less than it would in earnest.
 */
public final class CompanionProcessor extends AbstractProcessor {

  /** What surely fits into one method. */
  private static final int PER_CLASS = 1000;

  private static final String FINGERPRINT = "1:" + "0123456789abcdef".repeat(4);

  /** Creates the processor. */
  public CompanionProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("dev.kysera.migrations.annotation.Migration");
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    List<String> companions = new ArrayList<>();
    for (TypeElement annotation : annotations) {
      for (Element migration : round.getElementsAnnotatedWith(annotation)) {
        companions.add(companion(migration.getSimpleName().toString()));
      }
    }
    for (int from = 0; from < companions.size(); from += PER_CLASS) {
      int to = Math.min(from + PER_CLASS, companions.size());
      list("Listing" + from / PER_CLASS, companions.subList(from, to));
    }
    return false;
  }

  private String companion(String migration) {
    String name = migration + "__Migration";
    write(
        name,
        """
        final class %1$s {
          static final String FINGERPRINT = "%2$s";

          static dev.kysera.migrations.JdbiMigration create() {
            return new %3$s();
          }
        }
        """
            .formatted(name, FINGERPRINT, migration));
    return name;
  }

  private void list(String name, List<String> companions) {
    StringBuilder cases = new StringBuilder();
    StringBuilder fingerprints = new StringBuilder();
    for (int i = 0; i < companions.size(); i++) {
      cases.append("      case ").append(i).append(" -> ").append(companions.get(i));
      cases.append(".create();\n");
      fingerprints.append(i == 0 ? "" : ",\n      ").append(companions.get(i));
      fingerprints.append(".FINGERPRINT");
    }
    write(
        name,
        """
        final class %1$s {
          static final java.util.List<String> FINGERPRINTS = java.util.List.of(
              %2$s);

          static dev.kysera.migrations.JdbiMigration create(int position) {
            return switch (position) {
        %3$s      default -> throw new IndexOutOfBoundsException(position);
            };
          }
        }
        """
            .formatted(name, fingerprints, cases));
  }

  private void write(String name, String declaration) {
    String qualified = MigrationSources.PACKAGE + "." + name;
    try (Writer writer = processingEnv.getFiler().createSourceFile(qualified).openWriter()) {
      writer.write("package " + MigrationSources.PACKAGE + ";\n\n" + declaration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
