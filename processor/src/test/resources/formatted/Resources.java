package formatted;

import java.io.*;
import java.sql.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;

@Migration("013_resources")
public final class Resources implements JdbiMigration {
    private static final int[] SIZES = {
        1, 2, 3,
        4, 5, 6,
    };
    private static final Object[][] ROWS = new Object[][] {
            {1, "one", 'a', 1.0, true, null},
            {2, "two", 'b', 2.0, false, null,},
    };

    @Override
    public void up(Handle handle) throws SQLException, IOException {
        List<String> names = new ArrayList<String>(10) {{ add("a"); add("b"); }};
        try (PreparedStatement statement = handle.getConnection().prepareStatement("insert into t (a, b) values (?, ?)"); Reader reader = new StringReader("x");) {
            for (Object[] row : ROWS) { statement.setObject(1, row[0]); statement.setObject(2, row[1]); statement.addBatch(); }
            int[] counts = statement.executeBatch();
            if (counts.length != ROWS.length) throw new SQLException("found " + counts.length + " rows, but there must be " + ROWS.length, "23000", 7, null);
        } catch (SQLTimeoutException | SQLRecoverableException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (final SQLException e) { throw e; } finally { names.clear(); }
        Reader open = new StringReader("y");
        try (open) { open.read(); }
        handle.createQuery("select id, name from users where id > :id and name like :name and age between :low and :high").bind("id", 1).bind("name", "%x%").bind("low", SIZES[0]).bind("high", SIZES[SIZES.length - 1]).mapToMap().stream().map((Map<String, Object> row) -> row.get("id")).filter((id) -> id != null).forEach((var id) -> { handle.execute("update users set seen = true where id = ?", id); });
        int matrix[][] = new int[3][], vector[] = new int[SIZES[1]];
        matrix[0] = vector; matrix[1] = new int[] {}; matrix[2] = new int[] {1,};
    }

    int legacy(int a[])[] { return a.length == 0 ? null : a; }

    @Override
    public void down(Handle handle) {
        try { handle.execute("delete from t"); } finally { }
    }
}
