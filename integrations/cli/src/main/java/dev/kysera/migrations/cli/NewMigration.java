package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationException;
import dev.kysera.migrations.annotation.internal.MigrationName;
import dev.kysera.migrations.annotation.internal.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration that is to be written.
 *
 * @param name its name, with the next number
 * @param packageName its package, empty for the unnamed one
 * @param className its class
 * @param isPublic whether it must be public to be seen from {@code Migrations}
 * @param file where it goes
 */
record NewMigration(
    String name, String packageName, String className, boolean isPublic, Path file) {

  private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern NUMBERED = Pattern.compile("\\d+_.*");
  private static final int FIRST_WIDTH = 3;
  private static final int MOST_DIGITS = 18;

  /** What file systems allow, with the ending. */
  private static final int LONGEST_CLASS_NAME = 255 - ".java".length();

  /** A class of such a name would hide one that the package may use. */
  private static final Set<String> USED_BY_MIGRATIONS =
      Set.of("Handle", "JdbiMigration", "Migration", "MigrationModule", "Migrations");

  /**
   * Places a migration behind the last one of a module.
   *
   * @throws UsageException if the name is not one, or is taken
   */
  static NewMigration in(SourceModule module, String packageName, String slug, Instant now) {
    String number = nextNumber(module.last().map(DeclaredMigration::name), now);
    requireSlug(slug, number);
    for (DeclaredMigration other : module.migrations()) {
      if (other.name().slug().equalsIgnoreCase(slug)) {
        throw new UsageException(
            "There is a migration of that name already: %s. Take another name.".formatted(other));
      }
    }
    String className = className(slug);
    if (className.length() > LONGEST_CLASS_NAME) {
      throw new UsageException(
          "NAME is too long for the file of its class; found %d characters."
              .formatted(slug.length()));
    }
    Path folder = module.root().resolve(packageName.replace('.', '/'));
    requireFree(className, folder);
    return new NewMigration(
        number + "_" + slug,
        packageName,
        className,
        !packageName.equals(module.packageName()),
        folder.resolve(className + ".java"));
  }

  private static void requireSlug(String slug, String number) {
    if (NUMBERED.matcher(slug).matches()) {
      throw new UsageException(
          "NAME must have no number; found %s. The next number is %s; leave it to create."
              .formatted(Printable.quoted(slug), number));
    }
    if (!SLUG.matcher(slug).matches() || MigrationName.parse(number + "_" + slug).isEmpty()) {
      throw new UsageException(
          "NAME must be letters, digits, \"_\" and \"-\", begin with a letter or digit, and with its number be no longer than %d; found %s. Write it like add_email."
              .formatted(MigrationName.MAX_LENGTH, Printable.quoted(slug)));
    }
  }

  /** Numbers go on as they began; when their digits are used up, or they are times, it is now. */
  private static String nextNumber(Optional<MigrationName> last, Instant now) {
    if (last.isEmpty()) {
      return "0".repeat(FIRST_WIDTH - 1) + "1";
    }
    int width = last.get().digits().length();
    String following = Long.toString(last.get().number() + 1);
    boolean usedUp = following.length() > width && last.get().isTimestamp();
    if (usedUp || following.length() > MOST_DIGITS) {
      throw new UsageException(
          "The numbers are used up: %s is the last one that can be.".formatted(last.get().text()));
    }
    if (last.get().isTimestamp()) {
      return timestamp(width, now)
          .filter(time -> Long.parseLong(time) > last.get().number())
          .orElse(following);
    }
    return following.length() > width
        ? timestamp("yyyyMMddHHmmss".length(), now).orElseThrow()
        : "0".repeat(width - following.length()) + following;
  }

  /** The time in as many digits as others have, empty if it has no such form. */
  private static Optional<String> timestamp(int width, Instant now) {
    return Stream.of("yyyyMMdd", "yyyyMMddHH", "yyyyMMddHHmm", "yyyyMMddHHmmss")
        .filter(pattern -> pattern.length() == width)
        .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT))
        .map(format -> format.withZone(ZoneOffset.UTC).format(now))
        .findFirst();
  }

  private static String className(String slug) {
    StringBuilder name = new StringBuilder();
    WORD.matcher(slug)
        .results()
        .map(MatchResult::group)
        .forEach(
            word ->
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1)));
    if (Character.isDigit(name.charAt(0))) {
      name.insert(0, "Migration");
    } else if (USED_BY_MIGRATIONS.contains(name.toString()) || isInJavaLang(name.toString())) {
      name.append("Migration");
    }
    return name.toString();
  }

  private static boolean isInJavaLang(String simpleName) {
    try {
      Class.forName("java.lang." + simpleName, false, null);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Upper and lower case are one on some file systems. */
  private static void requireFree(String className, Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Pattern declaration =
        Pattern.compile("\\b(?:class|record|enum|interface)\\s+" + className + "\\b");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sources =
          files.filter(path -> path.toString().endsWith(".java")).sorted().toList();
      for (Path source : sources) {
        boolean sameFile = source.getFileName().toString().equalsIgnoreCase(className + ".java");
        if (sameFile || declaration.matcher(Files.readString(source, ISO_8859_1)).find()) {
          throw taken(className, source);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UsageException taken(String className, Path file) {
    return new UsageException(
        "The class would be %s, and %s has one already. Nothing was written. Take another name."
            .formatted(className, file));
  }

  String qualifiedName() {
    return packageName.isEmpty() ? className : packageName + "." + className;
  }

  /** A body that throws is never recorded as executed by mistake. */
  String source() {
    return """
        %simport dev.kysera.migrations.JdbiMigration;
        import dev.kysera.migrations.annotation.Migration;
        import org.jdbi.v3.core.Handle;

        @Migration("%s")
        %sfinal class %s implements JdbiMigration {
          @Override
          public void up(Handle handle) {
            throw new UnsupportedOperationException("Write what %s does.");
          }

          @Override
          public void down(Handle handle) {
            throw new UnsupportedOperationException("Write how it is undone, or remove this method.");
          }
        }
        """
        .formatted(
            packageName.isEmpty() ? "" : "package " + packageName + ";\n\n",
            name,
            isPublic ? "public " : "",
            className,
            name);
  }

  /**
   * Writes the class. Never overwrites.
   *
   * @throws UsageException if somebody else has written that file meanwhile
   * @throws MigrationException if it cannot be written
   */
  void write() {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new MigrationException(
          "The folder %s cannot be made: %s. Nothing was written."
              .formatted(file.getParent(), e.getClass().getSimpleName()),
          e);
    }
    try {
      Files.writeString(file, source(), UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw taken(className, file);
    } catch (IOException e) {
      throw new MigrationException(
          "%s cannot be written: %s. Nothing was written."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
