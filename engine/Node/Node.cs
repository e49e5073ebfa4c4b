using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Boot;
using Testbed.Node.Controller;
using Testbed.Node.Logs;
using Testbed.Node.Requests;
using Testbed.Node.Requests.Admin;
using Testbed.Node.Requests.Fetching;
using Testbed.Node.Requests.Producing;
using Testbed.Node.Requests.Reading;
using Testbed.Node.Settings;

namespace Testbed.Node;

/// <summary>
/// One node of a cluster, composed: a broker that is its own controller. <see cref="Listen"/> first, then
/// <see cref="Boot"/>; requests that come before it is ready wait.
/// </summary>
public sealed class Node
{
    private readonly IShard _shard;
    private readonly NodeSettings _settings;
    private readonly NodeContext _context;
    private readonly ServedApis _served = new();
    private readonly RequestServer _server;
    private readonly List<int> _ports = [];
    private MetadataLog? _metadata;    // both from the end of a boot on
    private LogManager? _logs;

    public Node(IShard shard, NodeSettings settings)
    {
        _shard = shard;
        _settings = settings;
        _context = new NodeContext(shard, settings);
        _server = new RequestServer(shard, _served, settings.RequestMaxBytes, settings.IdleMaxMs);
    }

    public string ClusterId => _context.ClusterId;

    /// <summary>The ports really bound, one a listener, in the order of the settings.</summary>
    public IReadOnlyList<int> Ports => _ports;

    /// <summary>
    /// Binds the listeners. Nothing on disk has been touched before, so a port in use changes nothing. Null
    /// when all are bound.
    /// </summary>
    public string? Listen()
    {
        for (var i = 0; i < _settings.Listeners.Count; i++)
        {
            var listener = _settings.Listeners[i];
            var result = _shard.Network.Listen(listener.Address, _server.Host(i));
            if (result.Status != ListenStatus.Listening)
            {
                return ListenProblem(listener, result.Status);
            }
            _ports.Add(result.Port);
        }
        return null;
    }

    /// <summary>
    /// Reads the log directories, joins or founds the cluster, opens the partitions, answers requests.
    /// </summary>
    public async EngineTask<BootOutcome> Boot()
    {
        var disks = _shard.Disks.Select(static disk => new BootDisk(disk)).ToList();
        var directories = new DirectoryBoot(_shard, _settings, disks);
        var metadata = new MetadataDirectory(disks);
        var problem = await directories.Read()
            ?? await metadata.Find()
            ?? await directories.Claim(metadata.Disk);
        if (problem is not null)
        {
            return new BootOutcome(problem);
        }
        _context.ClusterId = directories.ClusterId;

        var start = new DirectoryStart(_shard, directories.Directories);
        var place = directories.Directories.First(
            directory => ReferenceEquals(directory.Disk, metadata.Disk));
        problem = await start.Run(place);
        if (problem is not null)
        {
            return new BootOutcome(problem);
        }
        _context.CleanDirectories = start.Clean;
        var log = await MetadataLog.Open(_shard, place, _context.Image);
        var partitions = new PartitionLifecycle(_context, directories.Directories);
        var boot = new MetadataBoot(_context, log, directories.Directories, AdvertisedPorts());
        problem = await boot.Run();
        if (problem is not null)
        {
            return new BootOutcome(problem);
        }
        await partitions.OpenAll();
        _metadata = log;
        _logs = new LogManager(_context, directories.Directories);
        _logs.Start();
        var admin = new AdminContext(_context, log, partitions, new AdminQueue());
        _ = new DirectoryFailures(admin, directories.Directories);
        Serve(admin);
        _server.BecomeReady();
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new NodeBooted(_settings.NodeId, partitions.Count));
        }
        return new BootOutcome(null);
    }

    /// <summary>
    /// Answers no more requests and brings everything to the disk for good, so that the next start has
    /// nothing to examine. The shard may be stopped afterwards; stopping it without this loses nothing
    /// either.
    /// </summary>
    public async EngineTask Stop()
    {
        _server.BecomeUnready();
        if (_logs is not null && _metadata is not null)
        {
            await _logs.Stop(_metadata);
        }
    }

    private void Serve(AdminContext admin)
    {
        _served.Add(new ApiVersionsHandler(_context, _served));
        _served.Add(new MetadataHandler(admin));
        _served.Add(new ProduceHandler(_context));
        _served.Add(new FetchHandler(_context));
        _served.Add(new ListOffsetsHandler(_context));
        _served.Add(new CreateTopicsHandler(admin));
        _served.Add(new DeleteTopicsHandler(admin));
        _served.Add(new CreatePartitionsHandler(admin));
        _served.Add(new DescribeConfigsHandler(_context));
        _served.Add(new DescribeClusterHandler(_context));
        _served.Add(new DescribeTopicPartitionsHandler(_context));
        _served.Add(new InitProducerIdHandler(new ProducerIds(admin)));
        _served.Add(new FindCoordinatorHandler());
        _served.Add(new DeleteRecordsHandler(_context, admin.Partitions));
        _served.Add(new OffsetForLeaderEpochHandler(_context));
    }

    /// <summary>
    /// What clients are told: the advertised port, or the bound one where any was asked for.
    /// </summary>
    private List<BrokerEndpoint> AdvertisedPorts()
    {
        var endpoints = new List<BrokerEndpoint>();
        for (var i = 0; i < _settings.AdvertisedListeners.Count; i++)
        {
            var advertised = _settings.AdvertisedListeners[i];
            var port = advertised.Address.Port == 0 ? _ports[i] : advertised.Address.Port;
            endpoints.Add(new BrokerEndpoint(advertised.Name, advertised.Address with { Port = port }));
        }
        return endpoints;
    }

    private static string ListenProblem(Listener listener, ListenStatus status) => status switch
    {
        ListenStatus.AddressInUse =>
            $"listeners: {listener} is in use by another program; stop it or choose another port",
        ListenStatus.PermissionDenied =>
            $"listeners: {listener} may not be bound by this user; choose a port above 1023",
        _ => $"listeners: {listener} cannot be bound: the host is unknown or not an address of this machine; "
            + "name one that is, or none for all of them",
    };
}
