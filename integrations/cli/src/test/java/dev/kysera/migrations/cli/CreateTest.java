package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.cli.Session.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code create} writes a class that compiles beside the others, or says why it does not. */
class CreateTest {

  @TempDir private Path folder;
  private final Session session = new Session(VerbsTest.THREE).environment(Map.of());

  @BeforeEach
  void enter() {
    session.in(folder);
  }

  @AfterEach
  void end() {
    session.close();
  }

  private Path write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  private Path migration(String root, String packageName, String className, String name)
      throws IOException {
    return write(
        root + "/src/main/java/" + packageName.replace('.', '/') + "/" + className + ".java",
        """
        package %s;
        import dev.kysera.migrations.JdbiMigration;
        import dev.kysera.migrations.annotation.Migration;
        import org.jdbi.v3.core.Handle;
        @Migration("%s")
        public final class %s implements JdbiMigration {
          @Override public void up(Handle handle) {}
          @Override public void down(Handle handle) {}
        }
        """
            .formatted(packageName, name, className));
  }

  private String created(String... arguments) {
    Output output = session.call(arguments);
    assertThat(output.err()).startsWith("✓ ");
    assertThat(output.status()).isZero();
    return folder.relativize(Path.of(output.out().stripTrailing())).toString();
  }

  private String refused(String... arguments) throws IOException {
    List<Path> before = CompiledSources.files(folder);
    Output output = session.call(arguments);
    assertThat(output.status()).isEqualTo(2);
    assertThat(output.out()).isEmpty();
    assertThat(CompiledSources.files(folder)).isEqualTo(before);
    return output.err().replace(folder.toString(), "HERE");
  }

  @Test
  void theClass_hasTheNextNumberAndCompiles() throws IOException {
    migration(".", "app.db", "CreateUsers", "001_create_users");
    migration(".", "app.db", "AddNames", "009_add_names");

    Output output = session.call("create", "add_email");

    Path file = folder.resolve("src/main/java/app/db/AddEmail.java");
    assertThat(output)
        .isEqualTo(new Output(0, file + "\n", "✓ 010_add_email is in app.db.AddEmail\n"));
    assertThat(file)
        .content()
        .isEqualTo(
            """
            package app.db;

            import dev.kysera.migrations.JdbiMigration;
            import dev.kysera.migrations.annotation.Migration;
            import org.jdbi.v3.core.Handle;

            @Migration("010_add_email")
            final class AddEmail implements JdbiMigration {
              @Override
              public void up(Handle handle) {
                throw new UnsupportedOperationException("Write what 010_add_email does.");
              }

              @Override
              public void down(Handle handle) {
                throw new UnsupportedOperationException("Write how it is undone, or remove this method.");
              }
            }
            """);
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void twice_isRefusedAndNothingIsOverwritten() throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");
    String file = created("create", "add_email");
    Files.writeString(folder.resolve(file), Files.readString(folder.resolve(file)) + "// mine\n");

    assertThat(refused("create", "add_email"))
        .isEqualTo(
            "There is a migration of that name already: 002_add_email in HERE/"
                + file
                + ". Take"
                + " another name.\n");
    assertThat(folder.resolve(file)).content().endsWith("// mine\n");
    assertThat(created("create", "add_email2")).endsWith("AddEmail2.java");
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void aClassOfThatName_isNeverOverwritten() throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");
    write("src/main/java/app/AddEmail.java", "package app; class AddEmail {}");
    write("src/main/java/app/Others.java", "package app; class Others {} record AddPhone() {}");

    assertThat(refused("create", "add_email"))
        .isEqualTo(
            "The class would be AddEmail, and HERE/src/main/java/app/AddEmail.java has one"
                + " already. Nothing was written. Take another name.\n");
    assertThat(refused("create", "add_phone")).contains("Others.java has one already");
    assertThat(refused("create", "ADD-EMAIL")).contains("ADDEMAIL");
  }

  @Test
  void anEmptyProject_needsAPackage() throws IOException {
    assertThat(refused("create", "create_users"))
        .isEqualTo(
            "There is no src/main/java below HERE. Run create in the folder of the module that has"
                + " the migrations.\n");
    Files.createDirectories(folder.resolve("src/main/java"));
    assertThat(refused("create", "create_users"))
        .isEqualTo(
            "There is no migration yet below HERE. Say where the first one goes: create NAME"
                + " --package app.migrations\n");
    assertThat(refused("create", "create_users", "--package", "app.class"))
        .isEqualTo("--package must be the name of a package, such as app.migrations.\n");
    assertThat(refused("create", "create_users", "--package", "../x")).startsWith("--package must");

    assertThat(created("create", "create_users", "--package", "app.migrations"))
        .isEqualTo("src/main/java/app/migrations/CreateUsers.java");
    assertThat(folder.resolve("src/main/java/app/migrations/CreateUsers.java"))
        .content()
        .contains("@Migration(\"001_create_users\")\nfinal class");
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void anEmptyModule_getsTheFirstOne() throws IOException {
    write(
        "src/main/java/app/db/package-info.java",
        "@dev.kysera.migrations.annotation.MigrationModule package app.db;");

    assertThat(created("create", "first")).isEqualTo("src/main/java/app/db/First.java");
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void aModuleOfSeveralPackages_getsAPublicClass() throws IOException {
    write(
        "src/main/java/app/db/package-info.java",
        "@MigrationModule package app.db; import dev.kysera.migrations.annotation.*;");
    migration(".", "app.db.users", "CreateUsers", "001_create_users");
    migration(".", "app.db.orders", "CreateOrders", "002_create_orders");

    assertThat(created("create", "add_email"))
        .isEqualTo("src/main/java/app/db/orders/AddEmail.java");
    assertThat(created("create", "add_phone", "--package", "app.db.users"))
        .isEqualTo("src/main/java/app/db/users/AddPhone.java");
    assertThat(created("create", "add_fax", "--package", "app.db"))
        .isEqualTo("src/main/java/app/db/AddFax.java");
    assertThat(folder.resolve("src/main/java/app/db/users/AddPhone.java"))
        .content()
        .contains("@Migration(\"004_add_phone\")\npublic final class");
    assertThat(refused("create", "x", "--package", "app.web"))
        .isEqualTo(
            """
            The migrations are in another package:
              app.db in HERE/src/main/java
            One in app.web would not compile beside them. Leave --package out, or annotate a package above both @MigrationModule.
            """);
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void aModuleInsideAnother_hasItsOwnNumbers() throws IOException {
    for (String name : new String[] {"app", "app.billing"}) {
      write(
          "src/main/java/" + name.replace('.', '/') + "/package-info.java",
          "@dev.kysera.migrations.annotation.MigrationModule package " + name + ";");
    }
    migration(".", "app", "CreateUsers", "001_create_users");
    migration(".", "app", "AddNames", "002_add_names");
    migration(".", "app.billing", "CreateBills", "001_create_bills");

    assertThat(created("create", "add_taxes", "--package", "app.billing"))
        .isEqualTo("src/main/java/app/billing/AddTaxes.java");
    assertThat(folder.resolve("src/main/java/app/billing/AddTaxes.java"))
        .content()
        .contains("@Migration(\"002_add_taxes\")\nfinal class");
    assertThat(created("create", "add_emails", "--package", "app.users"))
        .isEqualTo("src/main/java/app/users/AddEmails.java");
    assertThat(folder.resolve("src/main/java/app/users/AddEmails.java"))
        .content()
        .contains("@Migration(\"003_add_emails\")\npublic final class");
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void twoModules_areNotGuessedBetween() throws IOException {
    migration("shop", "shop.db", "CreateUsers", "001_create_users");
    migration("stock", "stock.db", "CreateParts", "007_create_parts");
    migration("stock/target/generated", "stock.copy", "Copy", "099_copy");

    assertThat(refused("create", "add_email"))
        .isEqualTo(
            """
            There are migrations in more than one place:
              shop.db in HERE/shop/src/main/java
              stock.db in HERE/stock/src/main/java
            Say which one is meant by --package, or run create in the folder of its module.
            """);
    assertThat(created("create", "add_email", "--package", "stock.db"))
        .isEqualTo("stock/src/main/java/stock/db/AddEmail.java");
    assertThat(folder.resolve("stock/src/main/java/stock/db/AddEmail.java"))
        .content()
        .contains("\"008_add_email\"");
    assertThat(refused("create", "x", "--package", "other.db"))
        .isEqualTo(
            "No module below HERE has migrations in other.db, and there are 2 modules. Run create"
                + " in the folder of the one that is meant.\n");
    session.in(folder.resolve("shop"));
    Output inside = session.call("create", "add_email");
    assertThat(inside.err()).isEqualTo("✓ 002_add_email is in shop.db.AddEmail\n");
  }

  @Test
  void twoModulesOfOnePackage_areNotGuessedBetween() throws IOException {
    migration("a", "app.db", "CreateUsers", "001_create_users");
    migration("b", "app.db", "CreateParts", "001_create_parts");

    assertThat(refused("create", "x", "--package", "app.db"))
        .isEqualTo(
            """
            More than one module has migrations in app.db:
              app.db in HERE/a/src/main/java
              app.db in HERE/b/src/main/java
            Run create in the folder of the one that is meant.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/tmp/x",
        "a b",
        "add\"; drop",
        "a.b",
        "_x",
        "-x",
        "",
        "é",
        "x\n@Deprecated",
        "a\\u0022"
      })
  void aHostileName_isRefused(String name) throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");

    assertThat(refused("create", "--", name))
        .startsWith(
            "NAME must be letters, digits, \"_\" and \"-\", begin with a letter or digit, and with"
                + " its number be no longer than 255; found \"")
        .endsWith("\". Write it like add_email.\n")
        .hasLineCount(1);
  }

  @Test
  void aNumber_isLeftToCreate_andALongNameIsRefused() throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");

    assertThat(refused("create", "002_add_email"))
        .isEqualTo(
            "NAME must have no number; found \"002_add_email\". The next number is 002; leave it to"
                + " create.\n");
    assertThat(refused("create", "x".repeat(252))).startsWith("NAME must be letters");
    assertThat(refused("create", "x".repeat(251)))
        .isEqualTo("NAME is too long for the file of its class; found 251 characters.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "string, StringMigration",
    "override, OverrideMigration",
    "handle, HandleMigration",
    "migrations, MigrationsMigration",
    "migration, MigrationMigration",
    "class, Class_",
    "2fa_login, Migration2faLogin",
    "add-e-mail__now_, AddEMailNow",
    "addEmail, AddEmail",
    "X, X"
  })
  void aNameThatIsTakenInJava_becomesAnother(String name, String className) throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");
    String expected = className.replace("Class_", "ClassMigration");

    assertThat(created("create", name)).endsWith("/" + expected + ".java");
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }

  @Test
  void whatOnlyLooksLikeAMigration_doesNotCount() throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");
    write(
        "src/main/java/app/Notes.java",
        """
        package app;
        // dev.kysera.migrations.annotation @Migration("900_comment")
        class Notes {
          @interface Migration { String value(); }
          String text = "@Migration(\\"800_text\\")";
          @Migration("700_other") class Inner {}
        }
        """);
    write(
        "src/test/java/app/TestMigration.java",
        "package app; @dev.kysera.migrations.annotation.Migration(\"600_test\") class T {}");

    assertThat(created("create", "next")).endsWith("Next.java");
    assertThat(folder.resolve("src/main/java/app/Next.java")).content().contains("\"002_next\"");
  }

  @Test
  void aSourceThatIsNotUnderstood_isNamed() throws IOException {
    migration(".", "app", "CreateUsers", "001_create_users");
    Path broken = migration(".", "app", "Broken", "002_broken");
    Files.writeString(broken, Files.readString(broken).replace("up(Handle handle) {}", "up("));

    assertThat(refused("create", "next"))
        .matches(
            "HERE/src/main/java/app/Broken\\.java:\\d does not compile, so the next number is not"
                + " known: .+\\. Mend it first\\.\n");

    Files.writeString(
        broken,
        "package app; import dev.kysera.migrations.annotation.Migration; @Migration(C.N) class B {}");
    assertThat(refused("create", "next"))
        .isEqualTo(
            "HERE/src/main/java/app/Broken.java has a @Migration whose name is not a literal of the"
                + " right form, so the next number is not known. Write it like"
                + " @Migration(\"001_create_users\").\n");
  }

  @Test
  void numbersThatAreUsedUp_areTold() throws IOException {
    migration(".", "app", "Last", "999999999999999999_a");

    assertThat(refused("create", "x"))
        .isEqualTo("The numbers are used up: 999999999999999999_a is the last one that can be.\n");
  }

  @Test
  void anotherEncoding_aLinkAndASampleInTheTests_areNoHindrance() throws IOException {
    Path latin = migration(".", "app", "Latin", "001_latin");
    Files.write(
        latin, (Files.readString(latin) + "// caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
    migration("src/it/sample", "sample", "Sample", "050_sample");
    migration("elsewhere/linked", "app.more", "More", "007_more");
    write(
        "src/main/java/app/package-info.java",
        "@dev.kysera.migrations.annotation.MigrationModule package app;");
    Files.createSymbolicLink(
        folder.resolve("src/main/java/app/more"),
        Files.move(
            folder.resolve("elsewhere/linked/src/main/java/app/more"), folder.resolve("more")));
    Files.delete(folder.resolve("elsewhere/linked/src/main/java/app"));
    Files.delete(folder.resolve("elsewhere/linked/src/main/java"));

    assertThat(session.call("create", "next", "--package", "app").err())
        .isEqualTo("✓ 008_next is in app.Next\n");
  }

  @Test
  void aFolderThatCannotBeMade_isNamed() throws IOException {
    write("src/main/java/app", "a file");

    Output output = session.call("create", "first", "--package", "app");

    assertThat(output.status()).isEqualTo(1);
    assertThat(output.err().replace(folder.toString(), "HERE"))
        .isEqualTo(
            "The folder HERE/src/main/java/app cannot be made: FileAlreadyExistsException. Nothing"
                + " was written.\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1_a, 2_x",
    "0099_a, 0100_x",
    "998_a, 999_x",
    "999_a, 20260203040506_x",
    "20260131093000_a, 20260203040506_x",
    "20990131093000_a, 20990131093001_x",
    "20260131_a, 20260203_x",
    "202601310930_a, 202602030405_x",
    "202601319_a, 202601320_x"
  })
  void theNumber_goesOnAsTheOthersBegan(String last, String expected) throws IOException {
    migration(".", "app", "Last", last);

    NewMigration next =
        SourceTree.under(folder).next("x", Optional.empty(), Instant.parse("2026-02-03T04:05:06Z"));
    next.write();

    assertThat(next.name()).isEqualTo(expected);
    assertThat(CompiledSources.under(folder).problems()).isEmpty();
  }
}
