using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class LeaderEpochCheckpointTests
{
    [Fact]
    public void Every_golden_checkpoint_is_read_and_comes_out_the_same()
    {
        var files = GoldenLogs.Files
            .Where(static file => file.Name == LeaderEpochCheckpoint.FileName).ToList();

        Assert.True(files.Count > 60, $"{files.Count} files");
        foreach (var file in files)
        {
            var text = Encoding.UTF8.GetString(file.Bytes);
            var epochs = LeaderEpochCheckpoint.TryParse(text, out var problem);
            Assert.Equal("", problem);
            Assert.Equal(text.Length == 0 ? "0\n0\n" : text, LeaderEpochCheckpoint.Format(epochs!));
        }
    }

    [Fact]
    public void What_is_written_is_read() =>
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(1, 9)).ToArbitrary(), static steps =>
        {
            var epochs = new LeaderEpochs();
            foreach (var (i, _) in steps.Index())
            {
                var sum = steps.Take(i + 1).Sum();
                epochs.Assign(new LeaderEpoch(sum + i), new Offset(sum * 7));
            }
            var read = LeaderEpochCheckpoint.TryParse(LeaderEpochCheckpoint.Format(epochs), out _);
            return read!.Starts.SequenceEqual(epochs.Starts);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1\n0\n", "version '1'")]
    [InlineData("0\n", "second line")]
    [InlineData("0\n1\n", "second line")]
    [InlineData("0\n-0\n", "second line")]
    [InlineData("0\n1\n0 0", "no end")]
    [InlineData("0\n1\n0 0\n\n", "second line")]
    [InlineData("0\n1\n0  0\n", "'0  0' is not")]
    [InlineData("0\n1\n+1 0\n", "'+1 0' is not")]
    [InlineData("0\n1\n2147483648 0\n", "'2147483648 0' is not")]
    [InlineData("0\n2\n1 0\n1 5\n", "'1 5' does not come after '1 0'")]
    [InlineData("0\n2\n1 5\n2 5\n", "'2 5' does not come after '1 5'")]
    public void What_is_no_checkpoint_is_refused(string text, string said)
    {
        Assert.Null(LeaderEpochCheckpoint.TryParse(text, out var problem));
        Assert.Contains(said, problem);
    }
}
