using System;
using System.IO;

namespace Testbed.Tests.Runner;

/// <summary>The checkout that the tests were built from, and what may lie beside it.</summary>
internal static class RepositoryFolder
{
    /// <summary>
    /// The folder that an environment variable names, else one in a folder `shared` beside the repository or
    /// further up. Null when there is none.
    /// </summary>
    public static string? Beside(string variable, string folder)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return named;
        }
        for (var above = Root().Parent; above is not null; above = above.Parent)
        {
            var candidate = Path.Combine(above.FullName, "shared", folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }

    /// <summary>The folder of Testbed.sln.</summary>
    private static DirectoryInfo Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Testbed.sln")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException($"no Testbed.sln above {AppContext.BaseDirectory}");
        }
        return folder;
    }
}
