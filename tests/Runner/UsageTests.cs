using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>Wrong usage ends with 2, says which flag, and does nothing.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("topics", "exactly one of --create, --list, --describe, --delete and --alter")]
    [InlineData("topics --create --list", "exactly one of")]
    [InlineData("topics --create", "--create needs --topic")]
    [InlineData("topics --alter --topic t", "--alter needs --partitions")]
    [InlineData("topics --list --partitions 3", "--partitions goes with --create or --alter only")]
    [InlineData("topics --delete --topic t --config a=b", "--config goes with --create only")]
    [InlineData("topics --create --topic t --config a", "write name=value")]
    [InlineData("topics --create --topic t --partitions 0",
        "--partitions '0' is no whole number from 1 to 2147483647")]
    [InlineData("topics --create --topic t --partitions many",
        "--partitions 'many' is no whole number from 1")]
    [InlineData("topics --list --bootstrap-server localhost", "--bootstrap-server: 'localhost' has no port")]
    [InlineData("topics --list --no-such-flag", "--no-such-flag")]
    [InlineData("produce", "--topic")]
    [InlineData("produce --topic t --acks 2", "2")]
    [InlineData("produce --topic t --compression-codec rar", "rar")]
    [InlineData("produce --topic t --property parse.key", "write name=value")]
    [InlineData("produce --topic t --property parse.keys=true", "parse.keys is unknown: there are parse.key")]
    [InlineData("produce --topic t --json --key-separator :", "--key-separator does not go with --json")]
    [InlineData("consume", "--topic")]
    [InlineData("consume --topic t --offset 5", "--offset with a number needs --partition")]
    [InlineData("consume --topic t --offset first", "'first' is none of earliest, latest")]
    [InlineData("consume --topic t --offset -1 --partition 0", "'-1' is none of earliest, latest")]
    [InlineData("consume --topic t --offset earliest --from-beginning", "exclude each other")]
    [InlineData("consume --topic t --max-messages 0", "--max-messages '0' is no whole number from 1")]
    [InlineData("consume --topic t --property print.keys=true", "print.keys is unknown")]
    [InlineData("sim run", "--seed")]
    [InlineData("sim run --seed seven", "--seed 'seven' is no whole number")]
    [InlineData("sim run --seed 9..1", "--seed '9..1' is no whole number")]
    [InlineData("sim run --seed 1 --seconds 11", "--seconds '11' is no whole number from 12 to 86400")]
    [InlineData("sim run --seed 1 --trace --json", "--trace does not go with --json")]
    [InlineData("log dump", "Required argument 'path'")]
    [InlineData("log dump /nowhere/at/all", "there is no file or directory '/nowhere/at/all'")]
    [InlineData("log verify /nowhere/at/all", "there is no directory '/nowhere/at/all'")]
    [InlineData("log verify /", "'/' is neither a log directory nor a partition's")]
    [InlineData("frobnicate", "frobnicate")]
    public async Task A_wrong_flag_is_named_and_the_exit_code_is_2(string commandLine, string expected)
    {
        var run = await Invocation.Run(commandLine.Split(' '));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error);
        Assert.Contains("--help", run.Error);
        Assert.Empty(run.Bytes);
    }

    [Theory]
    [InlineData("--help", "start topics produce consume log sim Examples: 130")]
    [InlineData("start --help", "--config --override name=value Ctrl-C")]
    [InlineData("sim run --help", "--seed --seconds --trace --json --plant-sync-removed")]
    [InlineData("log dump --help", "--records --index --verify --json")]
    [InlineData("log verify --help", "directory --json")]
    [InlineData("topics --help", "--bootstrap-server --create --if-not-exists --json")]
    [InlineData("produce --help", "--key-separator --request-required-acks --compression-codec --sync")]
    [InlineData("consume --help", "--from-beginning --exit-at-end --isolation-level print.headers")]
    public async Task Help_names_every_flag(string commandLine, string expected)
    {
        var run = await Invocation.Run(commandLine.Split(' '));
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.All(expected.Split(' '), word => Assert.Contains(word, run.Text));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task The_version_is_a_number()
    {
        var run = await Invocation.Run("--version");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Text);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_failure_that_says_what_to_check()
    {
        var run = await Invocation.Run("topics", "--list", "--bootstrap-server", "127.0.0.1:1");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("no broker of 127.0.0.1:1 has answered: nobody listens there", run.Error);
        Assert.Contains("--bootstrap-server", run.Error);
    }
}
