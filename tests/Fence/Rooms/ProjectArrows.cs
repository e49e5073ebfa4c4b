using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Testbed.Tests.Fence;

/// <summary>Compares the references of project files with the arrows of the design.</summary>
internal static class ProjectArrows
{
    /// <summary>Test projects may refer to each other only here.</summary>
    private static readonly string[] SharedByTests = ["tests/Properties", "tests/Shared"];

    public static IReadOnlyList<ProjectFile> Tracked { get; } = TrackedFiles.All
        .Where(path => path.EndsWith(".csproj"))
        .Select(
            path => ProjectFile.Parse(Path.GetDirectoryName(path)!, File.ReadAllText(Repository.Path(path))))
        .ToList();

    public static IEnumerable<string> Violations(IReadOnlyList<ProjectFile> projects) =>
        projects.SelectMany(
            project => project.Folder.StartsWith("tests/") ? OfTests(project) : OfProduct(project))
            .Concat(Room.All.Select(room => room.Folder).Except(projects.Select(project => project.Folder))
                .Select(folder => $"{folder} has no project"));

    private static IEnumerable<string> OfProduct(ProjectFile project)
    {
        if (Room.All.FirstOrDefault(room => room.Folder == project.Folder) is not { } room)
        {
            return [$"{project.Folder} is a project that the design does not know"];
        }
        var extra = project.RefersTo.Except(room.RefersTo)
            .Select(folder => $"{project.Folder} -> {folder} is no arrow of the design");
        var missing = room.RefersTo.Except(project.RefersTo)
            .Select(folder => $"{project.Folder} -> {folder} is missing");
        var loaded = project.RefersTo.Where(
            folder => folder == Room.Generator && !project.Analyzers.Contains(folder))
            .Select(folder => $"{project.Folder} -> {folder} is more than an analyzer");
        return [.. extra, .. missing, .. loaded];
    }

    private static IEnumerable<string> OfTests(ProjectFile project) => project.RefersTo
        .Where(folder => Room.All.All(room => room.Folder != folder) && !SharedByTests.Contains(folder))
        .Select(folder => $"{project.Folder} -> {folder}: a test refers to rooms, not to other tests");
}
