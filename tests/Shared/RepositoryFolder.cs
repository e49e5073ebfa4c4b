using System;
using System.IO;

namespace Testbed.Tests.Shared;

/// <summary>The checkout that the tests were built from, and what may lie beside it.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder of Testbed.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The folder that an environment variable names, else one of `../shared` or of a `shared` further up.
    /// Null when there is none.
    /// </summary>
    public static string? Beside(string variable, string folder)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
        {
            return named;
        }
        for (var above = Directory.GetParent(Root); above is not null; above = above.Parent)
        {
            var candidate = Path.Combine(above.FullName, "shared", folder);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Testbed.sln")))
        {
            folder = folder.Parent
                ?? throw new DirectoryNotFoundException($"no Testbed.sln above {AppContext.BaseDirectory}");
        }
        return folder.FullName;
    }
}
