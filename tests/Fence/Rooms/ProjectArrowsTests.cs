using System.Linq;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The project files say what the design says.</summary>
public class ProjectArrowsTests
{
    [Fact]
    public void Projects_refer_to_each_other_exactly_as_designed() =>
        Findings.AreNone(ProjectArrows.Violations(ProjectArrows.Tracked));

    [Theory]
    [InlineData(
        "models", "../engine/Log/Testbed.Log.csproj", "models -> engine/Log is no arrow of the design")]
    [InlineData(
        "engine/Client",
        "../Node/Testbed.Node.csproj",
        "engine/Client -> engine/Node is no arrow of the design")]
    [InlineData(
        "engine/Log", "..\\Node\\Testbed.Node.csproj", "engine/Log -> engine/Node is no arrow of the design")]
    [InlineData(
        "engine/Extras",
        "../Log/Testbed.Log.csproj",
        "engine/Extras is a project that the design does not know")]
    [InlineData(
        "engine/Wire",
        "../Wire.Generator/Testbed.Wire.Generator.csproj",
        "engine/Wire -> engine/Wire.Generator is more than an analyzer")]
    [InlineData(
        "tests/Net",
        "../Engine/Testbed.Tests.Engine.csproj",
        "tests/Net -> tests/Engine: a test refers to rooms, not to other tests")]
    public void A_wrong_arrow_is_noticed(string folder, string include, string violation)
    {
        var planted = ProjectFile.Parse(
            folder, $"<Project><ItemGroup><ProjectReference Include=\"{include}\" /></ItemGroup></Project>");
        var others = ProjectArrows.Tracked.Where(project => project.Folder != folder);
        Assert.Contains(violation, ProjectArrows.Violations([.. others, planted]));
    }

    [Fact]
    public void A_missing_arrow_is_noticed()
    {
        var others = ProjectArrows.Tracked.Where(project => project.Folder != "sim");
        Assert.Contains(
            "sim -> models is missing",
            ProjectArrows.Violations([.. others, ProjectFile.Parse("sim", "<Project />")]));
        Assert.Contains("sim has no project", ProjectArrows.Violations([.. others]));
    }

    [Fact]
    public void No_shared_build_file_adds_an_arrow() =>
        Assert.DoesNotContain(
            TidyFile.All.Where(file => file.Path.EndsWith(".props") || file.Path.EndsWith(".targets")),
            file => file.Text.Contains("<ProjectReference"));
}
