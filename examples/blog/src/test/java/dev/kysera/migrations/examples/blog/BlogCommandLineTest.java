package dev.kysera.migrations.examples.blog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlogCommandLineTest {

  @TempDir private Path folder;

  private String call(int status, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BlogCommandLine.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DATABASE_URL", "jdbc:h2:" + folder.resolve("blog"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).describedAs(output).isEqualTo(status);
    return output;
  }

  @Test
  void theBlog_isMigratedFromTheCommandLine() throws Exception {
    assertThat(call(3, "check")).contains("- \"001_create_users\" is pending.");
    assertThat(call(0, "up")).endsWith("✅ All migrations completed successfully (5 completed)\n");
    assertThat(call(0, "check")).isEqualTo("✅ The database is up to date\n");
    assertThat(call(2, "reset")).endsWith("Nothing was changed. Add --yes if it is meant.\n");
    assertThat(call(0, "reset", "--yes")).endsWith("✅ All migrations reset\n");
  }
}
