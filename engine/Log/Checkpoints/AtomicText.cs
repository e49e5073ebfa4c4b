using System.Text;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Small text files in UTF-8 that are replaced as a whole; see <see cref="AtomicFile"/>.</summary>
public static class AtomicText
{
    public static EngineTask<IoStatus> Write(IDisk disk, string path, string text) =>
        AtomicFile.Write(disk, path, Encoding.UTF8.GetBytes(text));

    /// <summary>The file's text; null when there is none (status NotFound) or it cannot be read.</summary>
    public static async EngineTask<(IoStatus Status, string? Text)> Read(IDisk disk, string path)
    {
        var (status, content) = await AtomicFile.Read(disk, path);
        return (status, content is null ? null : Encoding.UTF8.GetString(content));
    }
}
