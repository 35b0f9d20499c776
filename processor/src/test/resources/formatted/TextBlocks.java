package formatted;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

@Migration(value = "001_text_blocks", description = "Text blocks with odd indentation and escapes")
public final class TextBlocks implements JdbiMigration {
  private static final String AT_THE_MARGIN = """
create table margin (
    id int
)
""";

      private static final String DEEP =    """
                              select *
                                from deep
                               where a = 'x'   \s
                                 and b = "y"
                              """;

  private static final String NO_LAST_LINE = """
      select "quoted", \"""triple\""", \\u0041, \t tab, \101 octal
        from t""";

  private static final String CONTINUED = """
      select a, \
      b, \
         c
      from t \

      where 1 = 1
      """;

	private static final String TABS = """
		with tabs
			as indentation
	    and blanks
		""";

  private static final String CLOSED_LEFT = """
          keeps its
            indentation
    """;

  private static final String EMPTY = """
      """;

  private static final String BLANK_LINES = """

      one

        two


      """;

  @Override
  public void up(Handle handle) {
    handle.execute(AT_THE_MARGIN + DEEP + NO_LAST_LINE + CONTINUED + TABS + CLOSED_LEFT + EMPTY + BLANK_LINES);
    handle.execute("""
        insert into t (a, b)
        values (:a, :b)
        """.formatted(1, 2).replace("""
            x""", "y"));
    handle.createUpdate("""
          update t
             set a = :a
           where b = :b
        """ + " and c = 1" + """

           and d = 2""").bind("a", 1)
      .bind("b", 2).execute();
  }

  @Override
  public void down(final Handle handle) {
    for (String table : new String[] {"margin", "deep",}) {
      handle.execute("""
              drop table %s
          """.formatted(table));
    }
  }
}
