package dev.kysera.migrations.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code pom.xml} of a guide: what it asks for is what the test has, in the same version. */
record Pom(String text) {

  private static final Pattern ARTIFACT =
      Pattern.compile(
          "<artifactId>(?<name>[\\w.-]+)</artifactId>\\s*<version>(?<version>[^<]+)</version>");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>\\s*<groupId>[^<]+</groupId>\\s*<artifactId>(?<name>[^<]+)<");

  private static final Pattern FRAMEWORK =
      Pattern.compile("<groupId>(io.dropwizard|org.springframework.boot)</groupId>");

  static Pom read(Path file) throws IOException {
    return new Pom(Files.readString(file));
  }

  boolean hasFramework() {
    return FRAMEWORK.matcher(text).find();
  }

  void assertFits(String classPath) throws IOException {
    String ours =
        Files.readString(Path.of("..", "..", "pom.xml")) + Files.readString(Path.of("pom.xml"));
    Matcher artifact = ARTIFACT.matcher(text);
    while (artifact.find()) {
      String version = artifact.group("version");
      if (!artifact.group("name").equals("app") && !version.equals("${kysera.version}")) {
        assertThat(ours).as("version of " + artifact.group()).contains(">" + version + "<");
      }
    }
    if (hasFramework()) {
      return;
    }
    Matcher dependency = DEPENDENCY.matcher(text);
    while (dependency.find()) {
      String name = dependency.group("name").replace("kysera-migrations-", "");
      assertThat(classPath).as("class path of the test").contains("/" + name);
    }
  }
}
