package dev.kysera.migrations.examples.blog;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.util.List;
import org.jdbi.v3.core.Handle;

@Migration(
    value = "005_add_fulltext_search",
    description = "Search in title and content of posts",
    estimatedMillis = 1500)
final class AddFulltextSearch implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    // H2 hides its full-text search behind this one alias; calling it makes the other FT_ aliases.
    handle.execute("create alias ft_init for \"org.h2.fulltext.FullText.init\"");
    handle.execute("call ft_init()");
    // The names are values here, so they are written as H2 stores them: in upper case.
    handle.execute("call ft_create_index('PUBLIC', 'POSTS', 'TITLE,CONTENT')");
  }

  @Override
  public void down(Handle handle) {
    handle.execute("call ft_drop_all()");
    for (String function :
        List.of(
            "init", "create_index", "drop_index", "drop_all", "reindex", "search", "search_data")) {
      handle.execute("drop alias ft_" + function);
    }
  }
}
